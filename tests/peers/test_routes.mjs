// What no provider has in earnest: tokens for whomever a test names, and texts signed as they are.
import { importJWK } from 'jose';

const encoder = new TextEncoder();

/** What tokens of users say beside what every token says. */
export const extraClaims = new WeakMap();

/** Koa middleware: POST with JSON, answered with `{"token": …}`. */
export function testRoutes(provider, { keys, resourceServer }) {
  const routes = {
    '/test/user-token': (asked) => userToken(provider, resourceServer, asked),
    '/test/id-token': (asked, ctx) => identityToken(provider, 'idtoken', asked, ctx),
    '/test/logout-token': (asked, ctx) => identityToken(provider, 'logout', asked, ctx),
    '/test/sign': (asked) => signed(keys, asked),
  };
  return async (ctx, next) => {
    const route = routes[ctx.path];
    if (route === undefined) {
      return next();
    }
    const chunks = [];
    for await (const chunk of ctx.req) {
      chunks.push(chunk);
    }
    ctx.body = { token: await route(JSON.parse(Buffer.concat(chunks)), ctx) };
  };
}

/** An access token of a user, as after a login: `{resource, subject, scope, claims, jkt}`. */
async function userToken(provider, resourceServer, { resource, subject, scope, claims, jkt }) {
  const client = await provider.Client.find('https://api.test');
  const grant = new provider.Grant({ accountId: subject, clientId: client.clientId });
  grant.addResourceScope(resource, scope);
  const token = new provider.AccessToken({
    client,
    accountId: subject,
    grantId: await grant.save(),
    gty: 'authorization_code',
    resourceServer: new provider.ResourceServer(resource, resourceServer(resource)),
    scope,
    jkt,
  });
  extraClaims.set(token, claims);
  return token.save();
}

/** A token about a user for a client, that is not for an API: `{subject, claims}`. */
async function identityToken(provider, use, { subject, claims }, ctx) {
  const client = await provider.Client.find('https://api.test');
  const token = new provider.IdToken({ sub: subject }, { ctx, client });
  token.scope = 'openid';
  for (const [name, value] of Object.entries({ sub: subject, ...claims })) {
    token.set(name, value);
  }
  return token.issue({ use });
}

const subtle = {
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
  RS384: { name: 'RSASSA-PKCS1-v1_5' },
  RS512: { name: 'RSASSA-PKCS1-v1_5' },
  PS256: { name: 'RSA-PSS', saltLength: 32 },
  PS384: { name: 'RSA-PSS', saltLength: 48 },
  PS512: { name: 'RSA-PSS', saltLength: 64 },
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', hash: 'SHA-384' },
  EdDSA: { name: 'Ed25519' },
};

/** These texts, whatever they say, signed by the key that signs this algorithm: `{algorithm, header, claims}`. */
async function signed(keys, { algorithm, header, claims }) {
  const key = await importJWK(keys.find((jwk) => jwk.alg === algorithm));
  const message = [header, claims].map((text) => Buffer.from(text).toString('base64url')).join('.');
  const signature = await crypto.subtle.sign(subtle[algorithm], key, encoder.encode(message));
  return `${message}.${Buffer.from(signature).toString('base64url')}`;
}
