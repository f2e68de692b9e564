// Prism in front of a node: refuses requests and responses that differ from api/openapi.json.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort, keep, repository, waitFor } from './node.mjs';

const prism = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../node_modules/@stoplight/prism-cli/dist/index.js');
export const openapiFile = path.join(repository, 'api/openapi.json');

export class Proxy {
  static async start(upstream) {
    const proxy = new Proxy();
    const port = await freePort();
    proxy.address = `http://127.0.0.1:${port}`;
    proxy.process = keep(spawn(process.execPath, [prism, 'proxy', openapiFile, upstream, '--errors', '--cors', 'false', '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'warn'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    }));
    let said = '';
    proxy.process.stdout.on('data', (text) => (said += text));
    proxy.process.stderr.on('data', (text) => (said += text));
    let ended = false;
    proxy.exited = new Promise((resolve) => proxy.process.once('exit', () => resolve((ended = true))));
    await waitFor('the validating proxy', async () => {
      if (ended) throw new Error(`the validating proxy ended by itself: ${said}`);
      try {
        await fetch(`${proxy.address}/healthz`);
        return true;
      } catch {
        return false;
      }
    });
    return proxy;
  }

  async stop() {
    this.process.kill('SIGKILL');
    await this.exited;
  }
}
