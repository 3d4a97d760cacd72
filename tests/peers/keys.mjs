// Sets of signing keys, kept in files: a provider that is started again with a set that it had has the very same keys.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';

/** The private keys of these sets, in their order: the first key of an algorithm is the one that signs. */
export async function keysOf(directory, sets, algorithms) {
  const keys = [];
  for (const set of sets) {
    for (const algorithm of algorithms) {
      keys.push(await key(directory, set, algorithm));
    }
  }
  return keys;
}

async function key(directory, set, algorithm) {
  const file = join(directory, `${set}-${algorithm}.json`);
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: `${set}-${algorithm}`, alg: algorithm, use: 'sig' };
    // Written whole or not at all, whenever the process ends.
    writeFileSync(`${file}.new`, JSON.stringify(jwk));
    renameSync(`${file}.new`, file);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
