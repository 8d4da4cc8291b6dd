import { WalletAuthError } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { createKnownNodes } from './knownNodes.ts';

const { signal } = new AbortController();

function node(...answers: (string | Error)[]) {
  const asked = { times: 0 };
  const load = async () => {
    asked.times += 1;
    const answer = answers.shift() ?? 'more';
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, load };
}

test('where there is no node, it is asked for once', async () => {
  const withNode = createKnownNodes();
  const { asked, load } = node(new WalletAuthError('no_node'));
  for (let time = 0; time < 3; time += 1)
    await expect(withNode('names', load)(signal)).rejects.toMatchObject({ code: 'no_node' });
  expect(asked.times).toBe(1);
});

test('another chain may have one', async () => {
  const withNode = createKnownNodes();
  const { load } = node(new WalletAuthError('unsupported_chain'), 'Ape');
  await expect(withNode('10', load)(signal)).rejects.toThrow();
  await expect(withNode('1', load)(signal)).resolves.toBe('Ape');
});

test('after any other failure it is asked again', async () => {
  const withNode = createKnownNodes();
  const { load } = node(new WalletAuthError('unreachable'), 'Ape');
  await expect(withNode('1', load)(signal)).rejects.toThrow();
  await expect(withNode('1', load)(signal)).resolves.toBe('Ape');
});
