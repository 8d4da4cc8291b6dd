/** A chunk of its own: most people need none. */
export const loadQrCode = async () => (await import('../components/QrCode.tsx')).QrCode;
