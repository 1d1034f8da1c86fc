import { usualAuthorizerLimits } from '../../../src/cluster/authorizer.ts';
import { usualConditionPace } from '../../../src/cluster/conditionReporter.ts';
import { usualEventPace } from '../../../src/cluster/reportEvents.ts';
import { mostSecrets } from '../../../src/cluster/secretShelf.ts';
import { complete } from '../../../src/config/complete.ts';
import { tableOf } from '../table.ts';
import { lineOf, measured } from './measured.ts';
import { number } from './words.ts';

const nodes = 1000;

/** What each component adds on a node, at the API server and at registries. */
export function componentTable(): string {
	const { pullSecrets } = complete({}, undefined, { NODE_NAME: 'node' }, {});
	const alone = measured('memory', 'working set MiB, 50 targets, 30 s');
	const following = measured('discovery', 'working set MiB, 50 targets, 30 s, discovery');
	const heartbeat = usualConditionPace.heartbeat / 1000;
	const { rate, again, rarest } = usualEventPace;
	const rows = [
		[
			'`base`',
			'what the first table says',
			'nothing is asked',
			'what the first table says',
			'what the last table says',
		],
		[
			'`discovery`',
			`${number(Math.max(0, following - alone))} MiB while it follows 110 pods`,
			'one list of its pods, then one watch, renewed every 5 to 10 minutes; its node once an hour',
			'an attempt a minute for each further registry, every 5 minutes for public ones, 20 at most',
			`${number(lineOf('series', 10, 50).each)} for each further registry, 20 at most`,
		],
		[
			'`explain`',
			'nothing that was measured',
			'one list of events for each pod that waits for an image, at most ten every two seconds, each again after 30 s',
			'one attempt for each image that does not come, once in 5 minutes, two at a time',
			'one for each registry and cause of pods that wait',
		],
		[
			'`pull-secrets`',
			'nothing that was measured',
			`one GET for each Secret every ${number(pullSecrets.interval / 60)} minutes, ${mostSecrets} at most`,
			'two HEADs and one token for each login, as often',
			'two for each login',
		],
		[
			'`events`',
			'nothing that was measured',
			`an Event is written when its cause has held for ${number(usualEventPace.settling / 1000)} s, again after ${number(again / 60_000)} to ${number(rarest / 60_000)} minutes; ${rate.burst} at once and ${number(rate.perSecond * 60)} a minute at most`,
			'none',
			'none',
		],
		[
			'`node-condition`',
			'nothing that was measured',
			`one patch every ${number(heartbeat / 60)} minutes, and when it changes: ${number(nodes / heartbeat)} a second from 1,000 nodes`,
			'none',
			'none',
		],
		[
			'`authentication`',
			'nothing that was measured',
			`two reviews for each token and path that is new, ${number(usualAuthorizerLimits.rate.perSecond)} a second at most; a yes is kept for ${number(usualAuthorizerLimits.decisions.yes / 1000)} s`,
			'none',
			'none',
		],
		['`pod-network`', 'a second agent on every node', 'nothing is asked', 'the same once more', 'the same once more'],
		[
			'`node-credentials`, `runtime-process`, `crio`, `k3s`, `rke2`',
			'nothing that was measured',
			'nothing is asked',
			'none more; more hosts, where the node names mirrors',
			'as many as hosts',
		],
	];
	return tableOf(
		['component', 'memory of the agent', 'requests to the API server', 'requests to registries', 'series'],
		rows,
	);
}
