// The sample's trigger with ethers 6, importing only what it uses so that a bundler can shake it.
import { verifyMessage } from "ethers";

export const recover = (message, signature) => verifyMessage(message, signature);

export const handler = async (event) => {
  const { privateChallengeParameters, challengeAnswer } = event.request;
  const signer = recover(privateChallengeParameters.message, challengeAnswer);
  event.response.answerCorrect = signer.toLowerCase() === event.userName.toLowerCase();
  return event;
};
