/** A series that is worked out ahead, named `level:metric:operation` after the labels that are left. */
export interface Recording {
	readonly record: string;
	/** PromQL. */
	readonly expr: string;
	/** Labels that are put on it. */
	readonly labels?: Readonly<Record<string, string>>;
}

/** How soon a person must look: at once, within the day, when there is time. */
export type Severity = 'critical' | 'warning' | 'info';

/** What an alert is about, so that it can be sent to those who can mend it. */
export type Area = 'path' | 'certificate' | 'credentials' | 'quota' | 'agent';

/** An alert, with what docs/alerts.md says of it. */
export interface Alert {
	readonly alert: string;
	/** The labels that tell one alert from another, beside `cluster`. */
	readonly by: readonly string[];
	readonly severity: Severity;
	readonly area: Area;
	/** PromQL. The labels that it leaves are the identity of the alert: none of them may flip while the fault lasts. */
	readonly expr: string;
	/** How long it must hold, as Prometheus writes a duration. */
	readonly for: string;
	/** How long the alert outlives it: through restarts of agents and gaps in scrapes. */
	readonly keepFiringFor: string;
	/** One line; a template of Prometheus. */
	readonly summary: string;
	/** What is broken where, and what to do; a template of Prometheus. */
	readonly description: string;
	/** The place in `docs/` that helps; a template of Prometheus. Default: the alert's own section of docs/alerts.md. */
	readonly runbook?: string;
	/** What it means, for docs/alerts.md. */
	readonly means: string;
	/** Where to look first. */
	readonly look: string;
	/** What keeps it silent, and what ends it. */
	readonly silence: string;
}

export type Rule = Recording | Alert;

/** Rules that are evaluated together, one after the other: later ones see what earlier ones have recorded. */
export interface Group {
	readonly name: string;
	/** As Prometheus writes a duration. */
	readonly interval: string;
	readonly rules: readonly Rule[];
}

export function isAlert(rule: Rule): rule is Alert {
	return 'alert' in rule;
}
