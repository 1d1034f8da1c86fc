/** Bounds of what clients may take. */
export interface ServerLimits {
	/** Open connections. When there are as many, one more is only let in for a neighbour that has fewer than another. */
	readonly connections: number;
	/** Of the connections those that one neighbour may have. */
	readonly perNeighbour: number;
	/** Requests on one connection that wait for their answers; one more cuts it. */
	readonly pipelined: number;
	/** Answers under way that take memory, divided like connections. Who gets none is told to come again later. */
	readonly answers: number;
	/** Of the answers those that one neighbour may have. */
	readonly answersPerNeighbour: number;
	/** Requests of one neighbour in a second; further ones are answered a second later, so that nobody keeps the loop busy. */
	readonly requestsPerSecond: number;
	/** Milliseconds for the head of a request. */
	readonly headTimeout: number;
	/** Milliseconds from a request to the last byte of its answer, after which the connection is cut. */
	readonly answerTimeout: number;
	/** Milliseconds without a byte in either direction, after which a connection is cut. */
	readonly silence: number;
	/** Milliseconds that answers under way have when the server closes. */
	readonly drain: number;
}

/** Generous to a dozen scrapers, and nothing that a memory limit of 64 MiB would notice. */
export const defaultLimits: ServerLimits = {
	connections: 128,
	perNeighbour: 32,
	pipelined: 4,
	answers: 16,
	answersPerNeighbour: 8,
	requestsPerSecond: 100,
	headTimeout: 5000,
	answerTimeout: 10_000,
	silence: 15_000,
	drain: 1000,
};
