/** The port that agents listen on. */
export const port = 9917;

/** A series of an agent. */
interface Series {
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

/** What an agent measures, asked for over the network as Prometheus does. */
export class Agent {
	/** Of the node, or of a pod with a network of its own. */
	readonly address: string;

	constructor(address: string) {
		this.address = address;
	}

	/** The series of a name, without `registry_probe_`, that have these labels. Rejects when nobody answers within ten seconds. */
	async series(name: string, labels: Readonly<Record<string, string>> = {}): Promise<readonly Series[]> {
		const answer = await fetch(`http://${this.address}:${port}/metrics`, { signal: AbortSignal.timeout(10_000) });
		const all = (await answer.text())
			.split('\n')
			.filter((line) => !line.startsWith('#'))
			.map(readLine);
		const wished = (each: Series) => Object.entries(labels).every(([key, value]) => each.labels[key] === value);
		return all.filter((each) => each.name === name && wished(each));
	}

	/** The value of the only series with these labels; undefined when there is none or more than one. */
	async value(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
		const found = await this.series(name, labels);
		return found.length === 1 ? found[0]?.value : undefined;
	}

	/** What fails, as `registry role stage reason`. */
	async failures(): Promise<readonly string[]> {
		const words = ({ labels }: Series) => ['registry', 'role', 'stage', 'reason'].map((key) => labels[key]).join(' ');
		return (await this.series('stage_failure')).map(words).toSorted();
	}

	/** Whether nobody listens. */
	async isGone(): Promise<boolean> {
		try {
			await this.series('build_info');
			return false;
		} catch {
			return true;
		}
	}
}

function readLine(line: string): Series {
	const [, name = '', labels = '', value = ''] = /^(?:registry_probe_)?(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
	const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text]);
	return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
}
