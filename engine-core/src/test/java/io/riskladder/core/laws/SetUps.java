package io.riskladder.core.laws;

import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Labels and a plan of any shape, from a seed. With another choice of names the same seed gives the
 * same shape.
 */
record SetUps(LabelScheme labels, RiskResponse response) {
  private static final int OBJECTS = 4;
  private static final List<String> PIECES =
      List.of(
          "`",
          "``",
          "```",
          "|",
          "<b>",
          "<!--",
          "-->",
          "*",
          "**",
          "_",
          "[x](y)",
          "![",
          "#",
          "- ",
          "\\",
          "&lt;",
          "~~",
          "  ",
          "\u00A0",
          "\u00DF",
          "\uD83D\uDE00",
          "\u202E",
          "\u2028",
          "$",
          "http://x.example",
          "@you",
          ":smile:");

  static SetUps tame(long seed) {
    return new Maker(seed, i -> "n" + i).make();
  }

  static SetUps odd(long seed) {
    Random pieces = new Random(~seed);
    List<String> names = IntStream.range(0, Maker.NAMES).mapToObj(i -> i + pieces(pieces)).toList();
    return new Maker(seed, names::get).make();
  }

  private static String pieces(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      name.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return name.toString();
  }

  private static final class Maker {
    /** Of one digit each, so that sorting them keeps the order of their numbers. */
    static final int NAMES = 10;

    private final Random random;
    private final IntFunction<String> name;

    Maker(long seed, IntFunction<String> name) {
      this.random = new Random(seed);
      this.name = name;
    }

    SetUps make() {
      LabelScheme labels = labels();
      if (chance(6)) {
        return new SetUps(labels, RiskResponse.standard());
      }
      RiskResponsePlan.Builder plan = RiskResponsePlan.builder();
      for (int i = 0; i < OBJECTS; i++) {
        plan.addAppControlRule(rule(i));
        plan.addComplianceAction(action(i));
      }
      List<Integer> priorities = new ArrayList<>(List.of(1, 2, 30, 2_000_000_000));
      for (int i = random.nextInt(OBJECTS + 1); i > 0; i--) {
        plan.addSecurityPolicy(
            policy(
                name.apply(i), priorities.remove(/* index */ random.nextInt(priorities.size()))));
      }
      return new SetUps(labels, plan.build());
    }

    private boolean chance(int oneIn) {
      return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    /** Names 0 to 5 are there to be labels of states; 6 never is. */
    private LabelScheme labels() {
      List<Integer> free = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
      Map<LabelState, String> names = new EnumMap<>(LabelState.class);
      for (LabelState state : LabelState.values()) {
        if (!chance(3)) {
          names.put(state, name.apply(free.remove(/* index */ random.nextInt(free.size()))));
        }
      }
      return new LabelScheme(names);
    }

    private AppControlRule rule(int i) {
      return AppControlRule.builder()
          .name(name.apply(i))
          .type(pick(List.of(AppControlRule.Type.values())))
          .app(chance(4) ? AppControlRule.NO_SUCH_APP : name.apply(random.nextInt(3)))
          .platform(pick(List.of(AppControlRule.Scope.values())))
          .build();
    }

    private ComplianceAction action(int i) {
      return ComplianceAction.builder()
          .name(name.apply(i))
          .sendAlert(chance(2))
          .blockAccess(chance(2))
          .quarantine(chance(2))
          .build();
    }

    private SecurityPolicy policy(String policyName, int priority) {
      SecurityPolicy.Builder policy =
          SecurityPolicy.builder()
              .name(policyName)
              .status(chance(5) ? SecurityPolicy.Status.INACTIVE : SecurityPolicy.Status.ACTIVE)
              .priority(priority);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        policy.addLabel(name.apply(random.nextInt(7)));
      }
      if (!chance(4)) {
        List<String> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          rules.add(name.apply(random.nextInt(OBJECTS)));
        }
        policy.accessControl(new AccessControl(name.apply(random.nextInt(OBJECTS)), rules));
      }
      if (chance(2)) {
        policy.disallowedDevices(
            new DisallowedDevices(name.apply(random.nextInt(OBJECTS)), !chance(3)));
      }
      return policy.build();
    }
  }
}
