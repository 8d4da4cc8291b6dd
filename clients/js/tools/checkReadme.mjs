// Every TypeScript of README.md holds against the declarations that are packed. Fails where a block has a type error.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = new URL('..', import.meta.url).pathname;
// in the package, so that its name leads to its own exports
const made = join(folder, '.readme');

/** What the blocks take from the page around them. */
const GIVEN = `
import type { ReactNode } from 'react';
import type { Eip1193Provider, MessageSigner, Nft, WalletAuth, WalletAuthConfig } from 'nft-gallery-client';
declare global {
  const config: WalletAuthConfig;
  const provider: Eip1193Provider;
  const auth: WalletAuth;
  const account: { address: string; signMessage(args: { message: string }): Promise<string> };
  const another: MessageSigner;
  const signer: MessageSigner;
  const createWalletAuth: typeof import('nft-gallery-client').createWalletAuth;
  const gallery: typeof import('nft-gallery-client').gallery;
  const bucket: string;
  const idToken: string;
  function show(nft: Nft): void;
  function useSession(): import('nft-gallery-client/react').SessionState;
  type ReactNode = import('react').ReactNode;
  type Eip1193Provider = import('nft-gallery-client').Eip1193Provider;
}
export {};
`;

/** As packages/rainbowkit of RainbowKit 2.2 declares it. */
const RAINBOWKIT = `
declare module '@rainbow-me/rainbowkit' {
  import type { ReactElement, ReactNode } from 'react';
  interface AuthenticationAdapter<Message> {
    getNonce: () => Promise<string>;
    createMessage: (args: {
      nonce: string;
      address: \`0x\${string}\`;
      chainId: number;
    }) => Promise<Message> | Message;
    verify: (args: { message: Message; signature: string }) => Promise<boolean>;
    signOut: () => Promise<void>;
  }
  export function RainbowKitAuthenticationProvider<Message = unknown>(props: {
    adapter: AuthenticationAdapter<Message>;
    status: 'loading' | 'unauthenticated' | 'authenticated';
    children: ReactNode;
  }): ReactElement;
  export function RainbowKitProvider(props: { children: ReactNode }): ReactElement;
}
`;

const TSCONFIG = {
  compilerOptions: {
    ...{ target: 'ES2023', lib: ['ES2023', 'DOM', 'DOM.Iterable'], module: 'ESNext' },
    ...{ moduleResolution: 'bundler', jsx: 'react-jsx', strict: true, noEmit: true, types: [] },
    ...{ skipLibCheck: true, moduleDetection: 'force' },
  },
  include: ['*.ts', '*.tsx'],
};

const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```(tsx?)\n(.*?)```/gs)];
rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
try {
  writeFileSync(join(made, 'given.d.ts'), GIVEN);
  writeFileSync(join(made, 'rainbowkit.d.ts'), RAINBOWKIT);
  writeFileSync(join(made, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  for (const [index, [, kind, text]] of blocks.entries())
    writeFileSync(join(made, `block${index + 1}.${kind}`), text);
  const tsc = join(folder, 'node_modules', '.bin', 'tsc');
  const { status } = spawnSync(tsc, ['--project', made], { cwd: folder, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(made, { recursive: true, force: true });
}
