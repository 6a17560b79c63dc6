// Elsa Studio reads its token once, when an element starts, and never renews it. Here every request to Elsa's API, and every
// WebSocket to its hub, leaves with a token that is good now: the page's session (a cookie) is exchanged for a new one in time.

const margin = 5 * 60_000;
const plainFetch = window.fetch.bind(window);
const PlainSocket = window.WebSocket;
const isElsas = url => url.host === location.host && url.pathname.startsWith('/elsa/');

let token = null;
let goodUntil = 0;
let renewing = null;

/** A token that is good for some minutes more. */
export async function currentToken() {
  if (!token || Date.now() > goodUntil - margin) await renew();
  return token;
}

/** Requests that come meanwhile wait for the same renewal. */
function renew() {
  renewing ??= exchange().finally(() => { renewing = null; });
  return renewing;
}

async function exchange() {
  let answer = await plainFetch('/studio/token', { method: 'POST' });
  while (answer.status === 401 || answer.redirected) {
    await signedInAgain();
    answer = await plainFetch('/studio/token', { method: 'POST' });
  }
  if (!answer.ok) throw new Error(`No token: HTTP ${answer.status}`);
  const issued = await answer.json();
  token = issued.accessToken;
  // By the browser's clock, which may be wrong: only the span counts.
  goodUntil = Date.now() + issued.expiresIn * 1000;
}

/** Nothing is lost while somebody signs in: in another tab, so that this page keeps what is not saved. */
function signedInAgain() {
  const dialog = document.getElementById('tb-expired');
  return new Promise(resolve => {
    dialog.querySelector('button').onclick = () => { dialog.close(); resolve(); };
    dialog.oncancel = event => event.preventDefault();
    if (!dialog.open) dialog.showModal();
  });
}

async function fetchFromElsa(input, init) {
  const send = bearer => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('Authorization', `Bearer ${bearer}`);
    return plainFetch(input instanceof Request ? input.clone() : input, { ...init, headers });
  };
  const answer = await send(await currentToken());
  if (answer.status !== 401 || init?.body instanceof ReadableStream) return answer;
  await renew();
  return send(token);
}

/** From now on; `read` may change what Elsa answered. */
export function guardRequests(read) {
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
    return isElsas(url) ? read(url, await fetchFromElsa(input, init)) : plainFetch(input, init);
  };
  window.WebSocket = class extends PlainSocket {
    constructor(address, protocols) {
      const url = new URL(address, document.baseURI);
      if (isElsas(url)) url.searchParams.set('access_token', token);
      super(url, protocols);
    }
  };
  // A socket cannot wait for a renewal, so there is always a good token, on pages that ask nothing too.
  setInterval(() => currentToken().catch(() => {}), 60_000);
}
