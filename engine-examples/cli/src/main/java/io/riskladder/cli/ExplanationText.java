package io.riskladder.cli;

import io.riskladder.core.device.Block;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.simulation.ConsideredGroup;
import io.riskladder.core.simulation.Explanation;
import io.riskladder.core.simulation.MdmChain;
import io.riskladder.core.simulation.NextStep;
import io.riskladder.core.simulation.NotHappening;
import io.riskladder.core.simulation.ThreatExplanation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An explanation in words. */
final class ExplanationText {
  private final Excerpt excerpt;
  private final Explanation explanation;
  private final Words words;
  private final ZoneId zone;
  private final TextBuilder text = new TextBuilder();

  private ExplanationText(Excerpt excerpt, CompiledPolicies policies) {
    this.excerpt = excerpt;
    this.explanation = excerpt.explanation();
    this.words = new Words(policies);
    this.zone = policies.timeZone();
  }

  static String of(Excerpt excerpt, CompiledPolicies policies) {
    return new ExplanationText(excerpt, policies).render();
  }

  private String render() {
    device();
    excerpt.threats().forEach(this::threat);
    next();
    return text.toString();
  }

  private String when(Instant at) {
    return Words.dayAndTime(at, zone);
  }

  private void device() {
    EnrolledDevice device = explanation.device();
    text.line(
        0,
        device.id()
            + " ("
            + device.platform().displayName()
            + ", group \""
            + explanation.group().name()
            + "\""
            + (device.connected() ? "" : ", disconnected")
            + ") on "
            + when(explanation.at())
            + " "
            + zone.getId());
    DesiredState desired = device.desired();
    text.line(2, "Risk: " + risk(desired));
    text.line(2, "Blocked: " + blocked(desired.block()));
    text.line(
        2,
        "Labels: "
            + (desired.labels().isEmpty() ? "none" : String.join(", ", desired.labels().values())));
    explanation.mdm().ifPresent(this::chain);
    facts(explanation.notHappening());
    if (explanation.threats().isEmpty()) {
      text.line(2, "No threat is open on it.");
    }
  }

  private String risk(DesiredState desired) {
    return explanation.decisive().isEmpty()
        ? "none"
        : desired.risk().displayName()
            + ", for "
            + String.join(", ", explanation.decisive().stream().map(this::name).toList());
  }

  private String name(String threat) {
    return Optional.ofNullable(explanation.threats().get(threat))
            .map(of -> of.ladder().classification().displayName() + " ")
            .orElse("")
        + "("
        + threat
        + ")";
  }

  private static String blocked(Block block) {
    if (block instanceof Block.Domains domains) {
      return String.join(", ", domains.domains()) + ", with subdomains";
    }
    return block instanceof Block.Internet ? "all internet traffic" : "nothing";
  }

  private void chain(MdmChain chain) {
    List<String> why = new ArrayList<>();
    for (AppControlRule rule : chain.violated()) {
      why.add("violates the app control rule \"" + rule.name() + "\"");
    }
    if (chain.disallowed()) {
      why.add("is an iOS device, all of which are disallowed");
    }
    text.line(
        2,
        "MDM: the label"
            + (chain.labels().size() == 1 ? " " : "s ")
            + String.join(" and ", chain.labels().stream().map(l -> "\"" + l + "\"").toList())
            + (chain.labels().size() == 1 ? " puts" : " put")
            + " it under security policy \""
            + chain.policy().name()
            + "\", priority "
            + chain.policy().priority());
    if (!why.isEmpty()) {
      text.line(4, "it " + String.join(", and ", why));
    }
    for (ComplianceAction action : chain.actions()) {
      text.line(
          4,
          "so the compliance action \"" + action.name() + "\" is in force: " + Words.does(action));
    }
  }

  private void facts(List<NotHappening> facts) {
    facts.forEach(fact -> text.line(2, "- " + fact.sentence()));
  }

  private void threat(ThreatExplanation threat) {
    text.blank()
        .line(
            0,
            name(threat.threat().id())
                + ": "
                + threat.rung().riskLevel().displayName()
                + " since "
                + when(threat.since())
                + ", step "
                + (threat.threat().rung() + 1)
                + " of "
                + threat.ladder().rungs().size()
                + " ("
                + Words.response(threat.rung().response())
                + ")");
    considered(threat);
    threat
        .told()
        .ifPresent(
            told -> {
              text.line(2, "Its user was told on " + when(told.at()) + ":");
              text.quote(6, told.message().description());
              text.quote(6, told.message().howToFix());
              told.message().notice().ifPresent(notice -> text.quote(6, notice));
            });
    threat
        .next()
        .ifPresent(
            rung ->
                text.line(
                    2,
                    "Next: "
                        + rung.riskLevel().displayName()
                        + " on "
                        + when(threat.threat().nextDue().orElseThrow())
                        + " ("
                        + Words.response(rung.response())
                        + ")"));
    text.line(
        2,
        "What would stop it: "
            + String.join(
                ", or ",
                threat.stops().stream()
                    .map(
                        stop ->
                            switch (stop) {
                              case FIX_THE_THREAT -> "its user fixes what was found";
                              case IGNORE_THE_ISSUE -> "an administrator ignores its issue";
                            })
                    .toList()));
    facts(threat.notHappening());
  }

  private void considered(ThreatExplanation threat) {
    boolean decided = false;
    for (ConsideredGroup group : threat.considered()) {
      String name = "group \"" + group.name() + "\"";
      switch (group.verdict()) {
        case HAS_NONE -> {
          if (!decided) {
            text.line(2, "Policy: " + name + " has none of its own for it");
          }
        }
        case DECIDES -> {
          decided = true;
          text.line(2, "Policy: that of " + name + " decides, version " + threat.policyVersion());
        }
        case OVERRIDDEN ->
            text.line(2, "Policy: that of " + name + " does not, as a nearer group has one");
      }
    }
    if (!decided) {
      text.line(2, "Policy: the default of the classification decides");
    }
  }

  private void next() {
    List<NextStep> steps = excerpt.next();
    text.blank()
        .line(
            0,
            excerpt
                    .threat()
                    .map(threat -> "What comes next for threat " + threat)
                    .orElse("What comes next")
                + ", if nothing happens");
    if (steps.isEmpty()) {
      text.line(2, "nothing");
    }
    steps.forEach(this::step);
  }

  /** Several threats can climb in one instant; each is named, and what follows for it is below. */
  private void step(NextStep step) {
    text.line(2, when(step.at()));
    Optional<String> named = Optional.empty();
    for (Effect effect : step.effects()) {
      Optional<String> threat = effect.header().threat();
      if (threat.isPresent() && !threat.equals(named)) {
        text.line(4, words.due(effect));
        named = threat;
      }
      words.effect(effect).forEach(line -> text.line(4, line));
    }
  }
}
