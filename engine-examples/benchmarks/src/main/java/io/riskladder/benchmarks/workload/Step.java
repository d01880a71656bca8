package io.riskladder.benchmarks.workload;

/**
 * A rung of a ladder in terms that belong to no contestant.
 *
 * @param waitSeconds the wait on the rung below; 0 for the base
 * @param level from 0 (none) to 4 (high)
 * @param response the name of the response
 * @param alerts whether the response tells the user
 * @param blocksDomains whether the response blocks the domains
 */
public record Step(
    long waitSeconds, int level, String response, boolean alerts, boolean blocksDomains) {}
