// One person or program that talks to a node. Requests go through the validating proxy; what is wrong on purpose goes
// directly to the node (`direct`), since the proxy would refuse it itself.
import assert from 'node:assert/strict';
import http from 'node:http';

export const cookieName = '__Host-jingwei-session';
const prismErrors = 'https://stoplight.io/prism/errors';

export class Answer {
  constructor(what, status, headers, bytes) {
    Object.assign(this, { what, status, headers, bytes });
    this.text = bytes.toString('utf8');
  }
  get json() {
    return JSON.parse(this.text);
  }
  get etag() {
    return this.headers.etag;
  }
  /** Fails with the whole answer when the status is another one. */
  is(status) {
    assert.equal(this.status, status, `${this.what}: ${this.status} instead of ${status}\n${this.text.slice(0, 2000)}`);
    return this;
  }
  /** A refusal: problem details with that status and code, in both languages. */
  isProblem(status, code) {
    this.is(status);
    assert.match(this.headers['content-type'] ?? '', /^application\/problem\+json/, `${this.what}: not a problem`);
    const problem = this.json;
    assert.equal(problem.status, status, this.what);
    if (code) assert.equal(problem.code, code, `${this.what}\n${this.text}`);
    assert.ok(problem.message.zh && problem.message.en, `${this.what}: both languages\n${this.text}`);
    for (const one of problem.problems) {
      assert.ok(one.reason.zh && one.reason.en && one.remedy.zh && one.remedy.en, `${this.what}: both languages in\n${JSON.stringify(one)}`);
    }
    return this;
  }
}

/** One HTTP request as it is; answers an Answer. `body` is a string or Buffer. */
export function request(address, method, target, headers = {}, body) {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: url.hostname, port: url.port, method, path: target, headers, agent: false }, (received) => {
      const chunks = [];
      received.on('data', (chunk) => chunks.push(chunk));
      received.on('error', reject);
      received.on('end', () => resolve(new Answer(`${method} ${target}`, received.statusCode, received.headers, Buffer.concat(chunks))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export class Client {
  constructor(node, proxy, headers = {}) {
    Object.assign(this, { node, proxy, headers });
  }

  /** options: json or body with type; headers; version (sent as If-Match); direct. */
  async send(method, target, { json, body, type, headers = {}, version, direct = false } = {}) {
    const content = json !== undefined ? JSON.stringify(json) : body;
    const all = { ...this.headers, ...headers };
    if (content !== undefined) {
      all['Content-Type'] = type ?? 'application/json';
      all['Content-Length'] = Buffer.byteLength(content);
    } else if (method !== 'GET') {
      all['Content-Length'] = 0;
    }
    if (version !== undefined) all['If-Match'] = `"${version}"`;
    const straight = direct || !this.proxy;
    const answer = await request(straight ? this.node.address : this.proxy.address, method, target, all, content);
    if (!straight) refuseViolations(answer, content);
    return answer;
  }
  get(target, options) {
    return this.send('GET', target, options);
  }
  post(target, json, options) {
    return this.send('POST', target, { json, ...options });
  }
  put(target, json, options) {
    return this.send('PUT', target, { json, ...options });
  }
  delete(target, options) {
    return this.send('DELETE', target, options);
  }

  /** Every item of a list, page by page. */
  async all(target, limit = 200) {
    const items = [];
    for (let cursor = ''; ; ) {
      const page = (await this.get(`${target}${target.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)).is(200).json;
      items.push(...page.items);
      if (!page.next_cursor) return { items, total: page.total };
      cursor = page.next_cursor;
    }
  }

  /** The same person in a new session, from an answer that set the cookie. */
  signedIn(answer) {
    const cookie = answer.is(200).headers['set-cookie'][0].split(';')[0];
    return new Client(this.node, this.proxy, { Cookie: cookie, 'X-Jingwei-Request': '1' });
  }
  withToken(token) {
    return new Client(this.node, this.proxy, { Authorization: `Bearer ${token}` });
  }
}

function refuseViolations(answer, content) {
  const isPrisms = (answer.headers['content-type'] ?? '').includes('problem+json') && answer.text.includes(prismErrors);
  const violations = answer.headers['sl-violations'];
  if (!isPrisms && !violations) return;
  const sent = content === undefined ? '' : `\nsent: ${String(content).slice(0, 500)}`;
  throw new Error(`${answer.what} differs from api/openapi.json: ${violations ?? ''}\n${answer.text.slice(0, 3000)}${sent}`);
}
