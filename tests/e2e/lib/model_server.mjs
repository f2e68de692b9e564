// An OpenAI-compatible endpoint for tests: /v1/embeddings and /v1/chat/completions, deterministic, and bad on demand.
//
// A vector is a bag of hashed pairs of characters, so that texts are near that share words, and a number for each of `themes`, so that
// texts are near that share a theme without sharing words. What the chat says is `reply(question)`.
import http from 'node:http';
import https from 'node:https';

export const dimensions = 64;
const dripMs = 20;

/** Words that speak of one thing. */
const themes = [
  ['盐雾', '生锈', '抗腐蚀', '氧化物'],
  ['去毛刺', '飞边', '电化学抛除'],
];

export function vectorOf(text) {
  const vector = new Array(dimensions).fill(0);
  const characters = [...text.replace(/\s/g, '')];
  for (let i = 0; i + 1 < characters.length; i++) {
    const pair = characters[i].codePointAt(0) * 31 + characters[i + 1].codePointAt(0);
    vector[themes.length + (pair % (dimensions - themes.length))] += 1 / Math.sqrt(characters.length);
  }
  themes.forEach((words, theme) => {
    if (words.some((word) => text.includes(word))) vector[theme] = 3;
  });
  return vector;
}

/** Each takes the response and the good answer's text, and answers badly. */
const misdeeds = {
  hang: () => {},
  drip: (response, good) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    let at = 0;
    const timer = setInterval(() => (at < good.length ? response.write(good[at++]) : response.end()), dripMs);
    response.on('close', () => clearInterval(timer));
  },
  midway: (response, good) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(good) });
    response.write(good.slice(0, good.length / 2), () => response.destroy());
  },
  fails: (response) => response.writeHead(500).end('{"error":{"message":"out of memory"}}'),
  busy: (response) => response.writeHead(429, { 'Retry-After': '1' }).end('{}'),
  refuses_key: (response) => response.writeHead(401).end('{"error":{"message":"wrong key"}}'),
  redirects: (response, good, server) => response.writeHead(307, { Location: `${server.address}/elsewhere` }).end(),
  no_json: (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"data": [oops'),
  wrong_type: (response, good) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(good),
  huge: (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const chunk = Buffer.alloc(1 << 20, 32);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  nan: (response, good) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(good.replace(/\[[-\d.e]+,/, '[NaN,')),
  other_dimensions: (response, good) => {
    const answer = JSON.parse(good);
    for (const item of answer.data) item.embedding.pop();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  },
  other_count: (response, good) => {
    const answer = JSON.parse(good);
    answer.data.push(answer.data[0]);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  },
};

export class ModelServer {
  /** Every text that came, every question, every Authorization header, every path. */
  texts = [];
  questions = [];
  authorizations = new Set();
  paths = [];
  misdeed = null;
  /** Texts with this word are refused with 400, whatever else is in the batch. */
  refusedWord = null;
  reply = () => ({ problems: [] });

  static async start({ tls } = {}) {
    const server = new ModelServer();
    const answer = (request, response) => server.#answer(request, response);
    server.listener = tls ? https.createServer(tls, answer) : http.createServer(answer);
    await server.listen(0);
    server.address = `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${server.port}`;
    return server;
  }
  async listen(port) {
    await new Promise((resolve) => this.listener.listen(port, '127.0.0.1', resolve).once('error', () => {}));
    this.port = this.listener.address().port;
  }
  get url() {
    return `${this.address}/v1`;
  }
  async stop() {
    this.listener.closeAllConnections();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  async #answer(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    this.paths.push(request.url);
    this.authorizations.add(request.headers.authorization ?? '');
    const asked = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    let good;
    if (request.url === '/v1/embeddings') {
      this.texts.push(...asked.input);
      if (this.refusedWord && asked.input.some((text) => text.includes(this.refusedWord))) {
        response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":{"message":"too long"}}');
        return;
      }
      good = JSON.stringify({
        object: 'list',
        model: asked.model,
        data: asked.input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })).reverse(),
      });
    } else if (request.url === '/v1/chat/completions') {
      this.questions.push(asked);
      const said = this.reply(JSON.parse(asked.messages.at(-1).content));
      const content = typeof said === 'string' ? said : JSON.stringify(said);
      good = JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] });
    } else {
      response.writeHead(404).end();
      return;
    }
    if (this.misdeed) misdeeds[this.misdeed](response, good, this);
    else response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(good);
  }
}
