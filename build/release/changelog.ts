/** What CHANGELOG.md says of one version. */
export interface Entry {
	/** Year, month and day; absent as long as it is not released. */
	readonly date?: string;
	/** What changed, as Markdown. */
	readonly text: string;
}

/**
 * The entry of a version: `## 1.2.3 (2027-01-31)`, or `## 1.2.3 (unreleased)`, and what stands below it. Undefined where
 * no heading names the version.
 */
export function entryOf(changelog: string, version: string): Entry | undefined {
	for (const section of changelog.split(/^## /m).slice(1)) {
		const [, named, date = ''] = /^(\S+) \(([^)]+)\)\n/.exec(section) ?? [];
		if (named !== version) continue;
		const text = section.slice(section.indexOf('\n')).trim();
		return { text, ...(/^\d{4}-\d{2}-\d{2}$/.test(date) && { date }) };
	}
	return undefined;
}
