import { stageMappings } from '../palette.ts';
import type { AnyPanel } from '../panels/dress.ts';
import { lines, type Line } from '../panels/lines.ts';
import { timeline } from '../panels/timeline.ts';
import { chosenRegistries, oneNode } from '../promql.ts';

/** The stages in the order of a pull. Prometheus sorts by name: those of a connection are in order by chance. */
const connection = 'stage=~"dns|proxy|tcp|tls"';
const walk: readonly (readonly string[])[] = [
	['role="registry"', connection],
	['role="registry"', 'stage="challenge"'],
	['role="token"', connection],
	['role="token"', 'stage="token"'],
	['role="registry"', 'stage="manifest"'],
	['role="redirect"'],
	['role="blob"', connection],
	['stage="blob"'],
];

const along = (metric: string): readonly Line[] =>
	walk.map((matchers) => ({
		query: `min by (host, role, stage) (${oneNode(metric, chosenRegistries, ...matchers)})`,
		legend: '{{role}} {{stage}} · {{host}}',
	}));

/** How far the path comes and what it costs, from top to bottom as a pull walks it. */
export function path(): AnyPanel[] {
	return [
		timeline({
			title: 'How far does the path come, stage by stage?',
			description:
				'From top to bottom as a pull walks it: reaching the registry, its challenge, the token service, the manifest, the host of the layers. The first red row is what broke; below it nothing is reached. Behind the dot: the mirror or upstream that was tried.',
			width: 13,
			height: 12,
			lines: along('stage_success'),
			meanings: stageMappings,
		}),
		lines({
			title: 'How long does each stage take?',
			description:
				'Own time of each stage of the last attempt, without the connections that it asked for; together the attempt.',
			width: 11,
			height: 12,
			unit: 's',
			stacked: true,
			lines: along('stage_duration_seconds'),
			calcs: ['lastNotNull'],
		}),
	];
}
