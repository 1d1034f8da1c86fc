import { openPauseFile } from '../../src/schedule/pauseFile.ts';
import type { Override } from '../fakes/http.ts';
import { attempt } from '../probe/world.ts';
import { World as ScheduleWorld } from '../schedule/world.ts';
import { login, logins } from './healthy.ts';
import { inWorld, type Part, type Setting } from './setting.ts';
import type { World } from '../probe/world.ts';

const open = { auth: 'open' } as const;
const always =
	(status: number): Override =>
	() => ({ status });

/** Closes the connection under its second request. */
function closesOnce(): Override {
	let asked = 0;
	return () => (++asked === 2 ? 'close' : undefined);
}

const dead = (role: 'registry' | 'token' | 'blob') => async (world: World) => {
	await world[role].close();
	return {};
};

/** An hour of the schedule, in which the registry has asked to wait for longer. */
function waiting({ node, target }: World): Part {
	const walk = async () => {
		const schedule = new ScheduleWorld({
			file: (clock) => {
				const pauses = openPauseFile(undefined, clock, () => undefined);
				pauses.set(target.id, { retryAfter: { until: clock.monotonic() + 3_600_000 } });
				return pauses;
			},
			probe: (asked) => attempt(node, asked),
		});
		schedule.schedule.update([target]);
		await schedule.clock.pass(3599);
		await schedule.schedule.stop();
		return schedule.recorded.flatMap(({ requests }) => requests);
	};
	return { walk };
}

type Kind = () => Promise<Setting>;

/** Attempts on what is broken, by their name in docs/requests.md; a name may stand for several. */
export const faulty: Readonly<Record<string, readonly Kind[]>> = {
	'manifest answered with 400, 403 or 404': [400, 403, 404].map(
		(status) => () => inWorld({ registry: { ...open, respond: always(status) } }),
	),
	'manifest answered with 429 or 5xx': [429, 500, 502, 503, 504].map(
		(status) => () => inWorld({ registry: { ...open, respond: always(status) } }),
	),
	'manifest refused with 401 after a token': [
		() => inWorld({ token: { tokens: new Set(['other']), respond: granting } }),
	],
	'token service answers 401, 403, 429 or 5xx': [401, 403, 429, 500, 503].map(
		(status) => () => inWorld({ token: { respond: always(status) } }),
	),
	'token service cannot be reached': [() => inWorld({}, dead('token'))],
	'host of the layers cannot be reached': [() => inWorld({}, dead('blob'))],
	'registry cannot be reached': [() => inWorld({}, dead('registry'))],
	'connection closed under the second request': [() => inWorld({ registry: { respond: closesOnce() } })],
};

const floor = { hold: { floor: true } };

/** Attempts of which something is held back, by their name in docs/requests.md. */
export const paused: Readonly<Record<string, readonly Kind[]>> = {
	'paused: `floor`': [() => inWorld({}, () => ({ trying: floor })), () => inWorld({ registry: { quota: quota() } })],
	'paused: `floor`, manifest answered with 404 or 405': [404, 405].map(
		(status) => () => inWorld({ registry: { respond: afterToken(status) } }, () => ({ trying: floor })),
	),
	'paused: `credentials`, token service': [
		() => inWorld({}, () => ({ trying: { logins, hold: { credentials: true } } })),
	],
	'paused: `credentials`, Basic': [
		() =>
			inWorld({ registry: { auth: { basic: login } } }, () => ({ trying: { logins, hold: { credentials: true } } })),
	],
	'paused: `retry_after`': [() => inWorld({}, waiting)],
};

/** Gives a token that no registry takes. */
function granting() {
	return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"token":"stale"}' };
}

const afterToken =
	(status: number): Override =>
	({ headers }) =>
		headers.authorization === undefined ? undefined : { status };

/** A twentieth of it is left. */
function quota() {
	return { limit: 100, remaining: 5, windowSeconds: 21_600 };
}
