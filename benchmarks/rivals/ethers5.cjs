// What the AWS sample's VerifyAuthChallengeResponse does: recover with ethers 5, compare. Its
// logging of the whole event is left out.
const { ethers } = require("ethers");

const recover = (message, signature) => ethers.utils.verifyMessage(message, signature);

exports.recover = recover;
exports.handler = async (event) => {
  const { privateChallengeParameters, challengeAnswer } = event.request;
  const signer = recover(privateChallengeParameters.message, challengeAnswer);
  event.response.answerCorrect = signer.toLowerCase() === event.userName.toLowerCase();
  return event;
};
