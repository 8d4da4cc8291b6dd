// The sample's trigger with viem, importing only what it uses so that a bundler can shake it.
import { recoverMessageAddress } from "viem";

export const recover = (message, signature) => recoverMessageAddress({ message, signature });

export const handler = async (event) => {
  const { privateChallengeParameters, challengeAnswer } = event.request;
  const signer = await recover(privateChallengeParameters.message, challengeAnswer);
  event.response.answerCorrect = signer.toLowerCase() === event.userName.toLowerCase();
  return event;
};
