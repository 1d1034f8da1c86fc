import { agentAlerts } from './alerts/agents.ts';
import { certificateAlerts } from './alerts/certificates.ts';
import { credentialAlerts } from './alerts/credentials.ts';
import { partAlerts, slowAlerts } from './alerts/parts.ts';
import { pathAlerts } from './alerts/paths.ts';
import { quotaAlerts } from './alerts/quotas.ts';
import { parts } from './recordings/parts.ts';
import { quotas } from './recordings/quotas.ts';
import { verdicts } from './recordings/verdicts.ts';
import { isAlert, type Alert, type Group } from './rule.ts';

/** What is recorded. */
export const recordingGroups: readonly Group[] = [verdicts, parts, quotas];

/** What alerts. */
export const alertingGroups: readonly Group[] = [
	pathAlerts,
	partAlerts,
	slowAlerts,
	certificateAlerts,
	credentialAlerts,
	quotaAlerts,
	agentAlerts,
];

/** Every alert that there is. */
export const alerts: readonly Alert[] = alertingGroups.flatMap(({ rules }) => rules.filter(isAlert));
