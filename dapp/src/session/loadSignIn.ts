/** One constant, so that what is loaded early is what is drawn later. */
export const loadSignIn = async () => {
  import('../owner/OwnerPage.tsx').catch(() => {}); // where a sign-in leads; the page will say so
  return (await import('./SignInDialog.tsx')).SignInDialog;
};
