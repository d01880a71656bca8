package io.riskladder.cli;

import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.SetUpPlan;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what to set up in the MDM. */
@Command(
    name = "plan",
    description = "Says what to set up in Ivanti EPMM for a policy document, step by step.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PlanCommand implements Callable<Integer> {
  /** How the steps are put out. */
  enum Format {
    MARKDOWN
  }

  private static final String NO_RESPONSE =
      "riskResponse: the document has none, so there is nothing to set up in the MDM; for the"
          + " standard plan, set riskResponse: standard";

  private final Streams streams;

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(names = "--format", paramLabel = "FORMAT", description = "markdown (the default).")
  private Format format = Format.MARKDOWN;

  PlanCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Optional<PolicySet> policies = policy.compiled(streams.err()).map(CompiledPolicies::source);
    if (policies.isEmpty()) {
      return 1;
    }
    Optional<RiskResponse> response = policies.get().riskResponse();
    if (response.isEmpty()) {
      streams.err().println(NO_RESPONSE);
      return 1;
    }
    return Results.text(
        streams,
        switch (format) {
          case MARKDOWN -> markdown(policies.get(), response.get());
        });
  }

  private static String markdown(PolicySet policies, RiskResponse response) {
    SetUpPlan plan = SetUpPlan.of(response, policies.labels());
    return policies.name().map(plan::toEpmmMarkdown).orElseGet(plan::toEpmmMarkdown);
  }
}
