import { agent, broken, failure, names, nodeWith, registry, series } from '../nodes.ts';
import { always, line, type Line, type Piece } from '../timeline.ts';
import type { Case, Quiet } from './case.ts';

const host = 'registry-1.docker.io';
const day = 86_400;
const three = names(3);
const well = three.flatMap((node) => nodeWith({ node }));

const certificate = (...ends: readonly Piece[]): readonly Line[] => [
	...nodeWith({ node: 'n1' }),
	line(series('tls_certificate_not_after_timestamp_seconds', 'n1', { registry, host, role: 'token' }), ...ends),
];

const issuer = (node: string, name: string, seen: readonly Piece[]): Line =>
	line(series('tls_info', node, { registry, host, role: 'registry', version: 'TLS 1.3', issuer: name }), ...seen);
/** The others see Amazon; this node another issuer from a minute until another. */
const changing = (node: string, name: string, from: number, until: number): readonly Line[] => [
	issuer(node, 'Amazon', [
		[1, from],
		['gone', until - from],
		[1, 1],
	]),
	issuer(node, name, [
		['gone', from],
		[1, until - from],
		['gone', 1],
	]),
];

const login = (source: string, ...ends: readonly Piece[]): readonly Line[] => [
	...agent({ node: 'n1' }),
	line(series('credential_not_after_timestamp_seconds', 'n1', { registry, source }), ...ends),
];

const team = { registry, namespace: 'team', secret: 'regcred' };
const pullSecret = (node: string, works: readonly Piece[]): Line =>
	line(series('pull_secret_success', node, team), ...works);

/** The alerts about certificates and logins. */
export const secretCases: readonly Case[] = [
	{
		alert: 'RegistryProbeCertificateExpiring',
		when: 'one that ends in twenty days is shown',
		lines: certificate([90 * day, 10], [20 * day, 90], [90 * day, 1]),
		alerts: [{ registry, host }],
		fires: [70, 159],
		silent: [69, 161],
	},
	{
		alert: 'RegistryProbeCertificateExpired',
		when: 'the end of one has come',
		lines: certificate([600, 30], [90 * day, 1]),
		alerts: [{ registry, host }],
		fires: [15, 39],
		silent: [14, 41],
	},
	{
		alert: 'RegistryProbeIssuerUnusual',
		when: 'one node of three sees another issuer',
		lines: [
			...well,
			...changing('n1', 'Corp Proxy', 20, 80),
			...names(2, 'm').flatMap((node) => [...nodeWith({ node }), issuer(node, 'Amazon', [[1, 1]])]),
		],
		alerts: [{ registry, host, node: 'n1' }],
		fires: [50, 109],
		silent: [49, 111],
	},
	{
		alert: 'RegistryProbeCredentialsExpiring',
		when: 'a login ends within the hour',
		lines: login('file', [7200, 90], [7 * day, 1]),
		alerts: [{ registry }],
		fires: [76, 104],
		silent: [74, 106],
	},
	{
		alert: 'RegistryProbeCredentialsExpiring',
		when: 'a login ends within a week and was not renewed for a day',
		lines: login('node', [5 * day, 70], [30 * day, 1]),
		alerts: [{ registry }],
		fires: [1500, 2070],
		silent: [1380, 2160],
		every: 30,
	},
	{
		alert: 'RegistryProbeCredentialsRejected',
		when: 'the login of one node is refused',
		lines: [...well, failure('n1', { role: 'token', stage: 'token', reason: 'auth_rejected' }, 20, 50)],
		alerts: [{ registry }],
		fires: [30, 64],
		silent: [29, 66],
	},
	{
		alert: 'RegistryProbePullSecretRejected',
		when: 'it works on neither of two nodes',
		lines: [...well, ...names(2).map((node) => pullSecret(node, broken(20, 50)))],
		alerts: [team],
		fires: [35, 64],
		silent: [34, 66],
	},
];

export const secretQuiet: readonly Quiet[] = [
	{
		alert: 'RegistryProbeCertificateExpiring',
		when: 'it has ended already',
		lines: certificate([-day, 1]),
		minutes: 90,
	},
	{
		alert: 'RegistryProbeCertificateExpired',
		when: 'it ends later',
		lines: certificate([90 * day, 1]),
		minutes: 60,
	},
	{
		alert: 'RegistryProbeIssuerUnusual',
		when: 'the registry gets another issuer, which nodes see one after the other',
		lines: three.flatMap((node, at) => [...nodeWith({ node }), ...changing(node, 'Google', 20 + 3 * at, 400)]),
		minutes: 120,
	},
	{
		alert: 'RegistryProbeIssuerUnusual',
		when: 'two nodes alone differ',
		lines: names(2).flatMap((node) => [...nodeWith({ node }), issuer(node, `Issuer of ${node}`, [[1, 1]])]),
		minutes: 120,
	},
	{
		alert: 'RegistryProbeCredentialsExpiring',
		when: 'a login of twelve hours is renewed every six',
		lines: login('file', ...Array.from({ length: 8 }, (_, at): Piece => [(at * 6 + 12) * 3600, 12])),
		minutes: 2880,
		every: 30,
	},
	{
		alert: 'RegistryProbeCredentialsExpiring',
		when: 'a provider gives a new one just in time',
		lines: login('provider:ecr', ...Array.from({ length: 8 }, (_, at): Piece => [(at + 1) * 900, 15])),
		minutes: 110,
	},
	{
		alert: 'RegistryProbeCredentialsRejected',
		when: 'an anonymous pull is refused',
		lines: [...well, failure('n1', { role: 'registry', stage: 'manifest', reason: 'auth_required' }, 20, 50)],
		minutes: 60,
	},
	{
		alert: 'RegistryProbePullSecretRejected',
		when: 'it works on one of two nodes',
		lines: [...well, pullSecret('n1', broken(20, 50)), pullSecret('n2', [[1, 1]])],
		minutes: 60,
	},
	{
		alert: 'RegistryProbeCertificateExpired',
		when: 'only pods name the registry',
		lines: [
			...agent({ node: 'n1' }),
			always(
				series('target_info', 'n1', {
					registry: 'typo.example',
					host: 'typo.example',
					via: 'upstream',
					origin: 'discovered',
				}),
			),
			always(
				series('tls_certificate_not_after_timestamp_seconds', 'n1', {
					registry: 'typo.example',
					host: 'typo.example',
					role: 'registry',
				}),
				-day,
			),
			...nodeWith({ node: 'n2' }, broken(20, 30)),
		],
		minutes: 60,
	},
];
