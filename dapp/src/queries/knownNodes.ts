import { codeOf } from '../auth/errors.ts';

type Load<Value> = (signal: AbortSignal) => Promise<Value>;

/** What the API answers where it has no node to ask: names, and a chain's contracts. */
const NO_NODE: ReadonlySet<string | null> = new Set(['no_node', 'unsupported_chain']);

/** Asks a node's question, and after "no node" not again: a page of tokens would ask each time. */
export function createKnownNodes() {
  const missing = new Map<string, unknown>();
  return <Value>(node: string, load: Load<Value>): Load<Value> =>
    async (signal) => {
      if (missing.has(node)) throw missing.get(node);
      try {
        return await load(signal);
      } catch (error) {
        if (NO_NODE.has(codeOf(error))) missing.set(node, error);
        throw error;
      }
    };
}
