// An OpenID provider on a loopback port, for one test.
//
//   node provider.mjs '{"port": 0, "directory": "/tmp/…", "sets": ["a"], "algorithms": ["ES256"]}'
//
// `port`: 0 for any free one. `sets`: the sets of keys that it publishes; the first signs. `lifetime`: of access tokens, in
// seconds. It prints `{"port": …}` when it is ready, and ends when its standard input does, so that it cannot outlive the
// test that started it.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { keysOf } from './keys.mjs';
import { extraClaims, testRoutes } from './test_routes.mjs';

const asked = { port: 0, sets: ['a'], algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'], lifetime: 600, ...JSON.parse(process.argv[2]) };

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

const keys = await keysOf(asked.directory, asked.sets, asked.algorithms);

/** `https://api.test/es256` asks for a JWT for `https://api.test` signed by ES256; `/opaque` for an opaque token. */
function resourceServer(resource) {
  const { origin, pathname } = new URL(resource);
  const format = pathname.slice(1).toLowerCase();
  const common = { audience: origin, scope: 'read:profile write:profile admin:users', accessTokenTTL: asked.lifetime };
  if (format === 'opaque') {
    return { ...common, accessTokenFormat: 'opaque' };
  }
  const alg = asked.algorithms.find((algorithm) => algorithm.toLowerCase() === format);
  if (alg === undefined) {
    throw new Error(`no key signs ${resource}`);
  }
  return { ...common, accessTokenFormat: 'jwt', jwt: { sign: { alg } } };
}

const secret = 'a-secret-of-a-client-of-a-test-provider';
const client = { client_secret: secret, redirect_uris: [], response_types: [] };

const configuration = {
  jwks: { keys },
  clients: [
    // What calls the API, and what runs it and asks about tokens.
    { ...client, client_id: 'machine', grant_types: ['client_credentials'] },
    { ...client, client_id: 'api', grant_types: [] },
    // A client whose id is the API's own: its ID tokens have the audience of access tokens.
    {
      client_id: 'https://api.test',
      client_secret: secret,
      redirect_uris: ['https://app.test/callback'],
      id_token_signed_response_alg: asked.algorithms[0],
    },
  ],
  clientDefaults: { id_token_signed_response_alg: asked.algorithms[0] },
  enabledJWA: {
    idTokenSigningAlgValues: asked.algorithms,
    dPoPSigningAlgValues: ['ES256', 'EdDSA', 'RS256', 'PS256'],
  },
  cookies: { keys: ['a key of a test provider'] },
  ttl: { AccessToken: asked.lifetime, ClientCredentials: asked.lifetime, Grant: 3600, IdToken: 3600 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => resourceServer(resource),
    },
  },
  // In a JWT and in the answers of introspection.
  extraTokenClaims: (_, token) => extraClaims.get(token),
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
};

const server = createServer();
server.listen(asked.port, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, configuration);
  provider.use(testRoutes(provider, { keys, resourceServer }));
  server.on('request', provider.callback());
  console.log(JSON.stringify({ port }));
});
