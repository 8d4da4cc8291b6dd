import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react';
import { WalletAuthError } from '../errors.ts';
import type { WalletAuth } from '../types.ts';

const Context = createContext<WalletAuth | null>(null);

export interface WalletAuthProviderProps {
  /** Of `createWalletAuth` or `createAmplifyWalletAuth`; made once, outside of a component. */
  auth: WalletAuth;
  children?: ReactNode;
}

/** The sign-in that the hooks below use. */
export function WalletAuthProvider({ auth, children }: WalletAuthProviderProps): ReactElement {
  return createElement(Context.Provider, { value: auth }, children);
}

/** @throws WalletAuthError invalid_config, where there is no provider above */
export function useWalletAuth(): WalletAuth {
  const auth = useContext(Context);
  if (!auth) throw new WalletAuthError('invalid_config', { message: 'no WalletAuthProvider' });
  return auth;
}
