/** One constant, so that what is loaded early is what is drawn later. */
export const loadSignIn = async () => (await import('./SignInDialog.tsx')).SignInDialog;
