/**
 * The commands that ask a cluster from anywhere. They are loaded when they are run: the image has them in a file of its own,
 * so that what speaks to clusters for people is no burden on the agents.
 */
export { cluster } from './clusterRun.ts';
export { explainPod } from './explainPodRun.ts';
