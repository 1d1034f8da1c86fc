/** What is chosen on a board: values of its variables. */
export type Choice = Readonly<Record<string, string>>;

/** What Grafana puts in place of its own variables, for scrapes every second. */
const builtIn: Choice = { __rate_interval: '30s', __interval: '5s', __range: '1h' };

/** Puts values in place of variables, as Grafana does for Prometheus. Throws for one that has none. */
export function interpolate(text: string, choice: Choice): string {
	const values = { ...builtIn, ...choice };
	return text.replaceAll(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced: string | undefined, bare: string | undefined) => {
		const value = values[braced ?? bare ?? ''];
		if (value === undefined) throw new Error(`nothing stands for ${whole} in ${text}`);
		return value;
	});
}

/** What a board shows first: everything, where a variable takes more than one value. */
export const everything: Choice = { cluster: '.*', network: 'host', zone: '.*', node: '.*', registry: '.*' };
