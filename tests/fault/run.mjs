// All fault tests with small budgets: a line a case, then "N passed, N failed". ./bench runs kill.mjs with 300 kills.
//
//   node tests/fault/run.mjs [--seed N]      program: $JINGWEI, else build/test/src/node/jingwei
import * as diskFull from './disk_full.mjs';
import * as kill from './kill.mjs';
import * as lock from './lock.mjs';
import { numberOptions } from './node.mjs';
import * as stop from './stop.mjs';

const { seed } = numberOptions(process.argv.slice(2), { seed: kill.defaults.seed });
console.log(`seed ${seed}`);
const cases = {
  'second process on one folder': () => lock.run(),
  'SIGTERM under load': () => stop.run({ seed }),
  'disk full': () => diskFull.run(),
  'kill -9 at random moments': async () => JSON.stringify(await kill.run({ ...kill.defaults, seed })),
};

let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, run] of Object.entries(cases)) {
  const begun = performance.now();
  const took = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  try {
    const found = await run();
    console.log(`ok      ${name} (${took()}): ${found}`);
    ++passed;
  } catch (error) {
    if (error instanceof diskFull.Skipped) {
      console.log(`skipped ${name}: ${error.message}`);
      ++skipped;
    } else {
      console.log(`FAILED  ${name} (${took()}): ${error.message}`);
      ++failed;
    }
  }
}
if (skipped > 0) console.log(`${skipped} skipped, not counted as passed`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
