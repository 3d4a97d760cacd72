// What oauth4webapi says about access tokens.
//
//   node second_opinion.mjs '{"issuer": "…", "audience": "…", "now": 1700000000, "tolerance": 30, "keys": [{"kid", "alg", "pem"}]}'
//
// Each line of its standard input is a token, as a JSON string; each line of its output is `{"sub": …, "scope": …}` for a token
// that it accepts, and `{"refused": "why"}` for any other, in the same order. Its clock stands at `now`.
import { createPublicKey } from 'node:crypto';
import { createInterface } from 'node:readline';
import { clockTolerance, customFetch, validateJwtAccessToken } from 'oauth4webapi';

const { issuer, audience, now, tolerance, keys } = JSON.parse(process.argv[2]);
Date.now = () => now * 1000;

const jwks = {
  keys: keys.map(({ kid, alg, pem }) => ({ ...createPublicKey(pem).export({ format: 'jwk' }), kid, alg, use: 'sig' })),
};
const server = { issuer, jwks_uri: `${issuer}/jwks` };
const options = {
  signingAlgorithms: keys.map(({ alg }) => alg),
  [clockTolerance]: tolerance,
  // The keys come from memory, and from nowhere else.
  [customFetch]: async () => Response.json(jwks),
};

/** Without halves of surrogate pairs, which JavaScript keeps and JSON readers refuse. */
const wellFormed = (value) => (typeof value === 'string' ? value.toWellFormed() : value);

async function verdict(token) {
  try {
    const request = new Request(audience, { headers: { authorization: `Bearer ${token}` } });
    const { sub, scope } = await validateJwtAccessToken(server, request, audience, options);
    return { sub: wellFormed(sub), scope: wellFormed(scope) };
  } catch (error) {
    return { refused: `${error.code ?? error.name}: ${error.message}` };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await verdict(JSON.parse(line))));
}
