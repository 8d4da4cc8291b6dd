// A Node function that does nothing.
exports.handler = async (event) => event;
