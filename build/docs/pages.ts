import { optionsTable } from './commands.ts';
import { configurationTable } from './configuration.ts';
import { criticalAlerts } from './criticalAlerts.ts';
import { costsOf } from './costs/costs.ts';
import { withMetrics } from './metrics.ts';
import { withRegion } from './regions.ts';
import { withRooms } from './rooms.ts';
import { withReasons } from './runbook.ts';
import { rightsTable } from '../../test/docs/rightsTable.ts';
import { stableNames } from '../../test/docs/stableNames.ts';

/** A page of which the code writes a part. */
export interface Page {
	/** From the top of the repository. */
	readonly file: string;
	/** The page as it has to be, from what stands there now. */
	readonly made: (page: string) => string;
}

/** Every page that `npm run docs` writes. */
export const pages: readonly Page[] = [
	{ file: 'docs/metrics.md', made: (page) => withMetrics(page) },
	{ file: 'docs/configuration.md', made: (page) => withRegion(page, 'keys', configurationTable()) },
	{ file: 'docs/runbook.md', made: withReasons },
	{ file: 'docs/architecture.md', made: withRooms },
	{ file: 'docs/commands.md', made: (page) => withRegion(page, 'options', optionsTable()) },
	{ file: 'docs/costs.md', made: costsOf },
	{ file: 'docs/README.md', made: (page) => withRegion(page, 'critical alerts', criticalAlerts()) },
	{ file: 'docs/security.md', made: (page) => withRegion(page, 'rights', rightsTable()) },
	// Reads what stands in docs/commands.md, and so comes last.
	{ file: 'docs/stable-names.txt', made: () => `${stableNames().join('\n')}\n` },
];
