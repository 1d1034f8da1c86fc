import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from './agent.ts';
import type { Told } from './capture/excess.ts';
import { nameOf } from './configuration.ts';
import { textOf } from './http.ts';
import { atPace } from './pace.ts';
import type { Peer } from './peer.ts';

/** What `/api/v1/observations` says, as far as it is read here. */
interface Document {
	readonly observations: readonly {
		readonly registry: string;
		readonly startedAt: string;
		readonly records: readonly { readonly role: string; readonly stage: string; readonly seconds?: number }[];
	}[];
}

/** What the agent tells of the latest attempt on each target, of those that began at `since` or later. */
export async function toldByAgent({ url }: Agent, since: number): Promise<Told[]> {
	const { observations } = JSON.parse(await textOf(`${url}/api/v1/observations`)) as Document;
	return observations.flatMap(({ registry, startedAt, records }) => {
		const from = Date.parse(startedAt);
		if (from < since) return [];
		const of = (stage: string) => {
			const seconds = records.find((each) => each.role === 'registry' && each.stage === stage)?.seconds;
			return seconds === undefined ? undefined : seconds * 1000;
		};
		return [{ name: `${registry}.bench.test`, from, connect: of('tcp'), tls: of('tls') }];
	});
}

/** The same, once there is one of each of `targets` targets. Rejects when that takes more than `patience` milliseconds. */
export async function toldByAll(agent: Agent, since: number, targets: number, patience: number): Promise<Told[]> {
	const told = new Map<string, Told>();
	while (told.size < targets) {
		if (Date.now() - since > patience) throw new Error(`${told.size} of ${targets} targets were tried`);
		await sleep(500);
		for (const each of await toldByAgent(agent, since)) if (!told.has(each.name)) told.set(each.name, each);
	}
	return [...told.values()];
}

/** Has the peer probe each target once, spread over `interval` seconds (0: all at once), and gives what it tells. */
export async function toldByPeer(peer: Peer, targets: number, interval: number): Promise<Told[]> {
	const told: Told[] = [];
	const probe = async (at: number) => {
		const [name, from] = [nameOf(at), Date.now()];
		const text = await peer.probe('open', name);
		told.push({ name, from, connect: phaseOf(text, 'connect'), tls: phaseOf(text, 'tls') });
	};
	if (interval === 0) await Promise.all(Array.from({ length: targets }, async (_, at) => await probe(at)));
	else await atPace({ count: targets, interval, signal: AbortSignal.timeout(interval * 1000) }, probe);
	return told;
}

/** https://github.com/prometheus/blackbox_exporter/blob/master/prober/http.go */
function phaseOf(text: string, phase: string): number {
	const series = new RegExp(`^probe_http_duration_seconds\\{phase="${phase}"\\} (\\S+)$`, 'm').exec(text);
	if (!series) throw new Error(`the peer tells no time of its phase ${phase}`);
	return 1000 * Number(series[1]);
}
