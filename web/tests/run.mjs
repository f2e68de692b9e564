// Walks the app in a real browser against a running node:
//   node web/tests/run.mjs --base http://127.0.0.1:8080 --link '<one-time link of an administrator>' [--chromium /usr/bin/chromium]
// It creates accounts, entries and a deal, so give it a node of its own. Ends with one line and an exit code.
import { parseArgs } from 'node:util'
import { counter, openBrowser } from './browser.mjs'
import { walkAccounts } from './accounts.mjs'
import { walkAppraisal } from './appraisal.mjs'
import { walkAtlas } from './atlas.mjs'
import { walkComputed } from './computed.mjs'
import { walkDeal } from './deal.mjs'
import { walkDigests } from './digests.mjs'
import { walkEvidence } from './evidence.mjs'
import { walkFeedback } from './feedback.mjs'
import { walkFusion } from './fusion.mjs'
import { walkForms } from './forms.mjs'
import { walkImport } from './import.mjs'
import { walkNeed } from './need.mjs'
import { walkPages } from './pages.mjs'
import { walkPlan } from './plan.mjs'
import { walkPolicy } from './policy.mjs'
import { walkPortal } from './portal.mjs'
import { walkQueries } from './queries.mjs'
import { walkSteering } from './steering.mjs'

const { values: options } = parseArgs({
  options: { base: { type: 'string' }, link: { type: 'string' }, chromium: { type: 'string', default: '/usr/bin/chromium' }, help: { type: 'boolean' } },
})
if (options.help || !options.base || !options.link) {
  console.error('usage: node web/tests/run.mjs --base URL --link ONE_TIME_LINK [--chromium PATH]')
  process.exit(2)
}

const { counts, check, must } = counter()
const browser = await openBrowser(options.chromium)
// What one walk leaves for the next: people, ids.
const world = { browser, base: options.base.replace(/\/$/, ''), link: options.link, check, must, stamp: Date.now().toString(36) }
try {
  for (const walk of [walkPortal, walkAccounts, walkNeed, walkPlan, walkDigests, walkFeedback, walkDeal, walkEvidence, walkForms, walkImport, walkAtlas, walkSteering, walkComputed, walkQueries, walkPolicy, walkAppraisal, walkFusion, walkPages]) await walk(world)
} catch (error) {
  if (!String(error.message).startsWith('gave up')) counts.failed += 1
  console.log(`  ${String(error.stack ?? error)}`)
} finally {
  await browser.close()
}
console.log(`browser: ${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed ? 1 : 0)
