package io.riskladder.core.simulation;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.classified;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Message;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.reference.PolicySets;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.SvgReader.Line;
import io.riskladder.core.threat.Classification;
import io.riskladder.core.threat.ThreatType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class TimelinePictureTest {
  private static final RiskLevel[] REPORTED = {RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH};
  private static final String FAMILY =
      "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

  private static Timeline timeline(PolicySet.Builder set) {
    return Timeline.of(set.build().compile(), ROOT, OS, T0);
  }

  private static SvgReader picture(PolicySet.Builder set) {
    return new SvgReader(TimelinePicture.svg(timeline(set)));
  }

  private static PolicySet.Builder company() {
    ClassificationPolicy ladder = saying("Update, please.", weekly());
    return setOf(
            root().onDeviceThreatProtection(blocking("acme.example")).putPolicy(OS, ladder).build())
        .addAdministrators(admin("helpdesk@acme.example", REPORTED))
        .addAdministrators(admin("ciso@acme.example", RiskLevel.HIGH))
        .riskResponse(RiskResponse.standard());
  }

  /** The timeline with other texts, which no policy has to allow. */
  private static Timeline withTexts(Timeline timeline, List<String> texts) {
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : timeline.stages()) {
      String text = texts.get(stage.rung() % texts.size());
      Message message = new Message(text, text + stage.rung(), Optional.of(text));
      stages.add(Stage.builder().from(stage).message(message).build());
    }
    return Timeline.builder().from(timeline).stages(stages).build();
  }

  private static void assertContains(SvgReader picture, String... expected) {
    for (String part : expected) {
      assertTrue(picture.writing().contains(part), () -> part + " in " + picture.writing());
    }
  }

  private static void assertTidy(SvgReader picture) {
    List<Line> lines = picture.lines();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      assertTrue(line.left() >= 0 && line.right() <= PictureCanvas.WIDTH, line::toString);
      assertTrue(line.top() >= 0 && line.bottom() <= picture.height(), line::toString);
      for (Line other : lines.subList(0, i)) {
        assertFalse(line.overlaps(other), () -> line + " over " + other);
      }
    }
  }

  @Test
  void says_who_hears_what_when_and_what_is_blocked() {
    SvgReader picture = picture(company());
    assertContains(picture, "Advisory", "Low", "Medium", "High", "For 7 days", "Until it is fixed");
    assertContains(picture, "Day 0\n2026-03-01, 00:00", "Day 7\n2026-03-08, 00:00", "Day 21\n");
    assertContains(picture, "Hear nothing", "Issue opened", "Issue updated");
    assertContains(picture, "Mail to\nciso@acme.example\nhelpdesk@acme.example\n");
    assertContains(picture, "Adds\nMES - High Risk\nRemoves\nMES - Moderate Risk\n");
    assertContains(picture, "Android and iOS\nMES High Risk\n");
    assertContains(picture, "Company sites\nAndroid and iOS\nacme.example\n");
    assertContains(picture, "Company access\n", "Quarantine\n", "Nothing until step 4");
    assertContains(picture, "Update, please.\n", "fix: Update, please.\n");
    assertContains(picture, "The same as message 1\n");
    assertTidy(picture);
  }

  @Test
  void is_an_image_with_its_content_in_words_and_nothing_from_outside() {
    String svg = TimelinePicture.svg(timeline(company()));
    SvgReader picture = new SvgReader(svg);
    assertEquals("img", picture.root("role"));
    assertEquals("0 0 1200 " + picture.height(), picture.root("viewBox"));
    assertEquals("OS Out-Of-Date: what happens if the user never acts", picture.content("title"));
    String words = picture.content("desc");
    for (String part :
        List.of(
            "Step 2: Low, day 7 (2026-03-08, 00:00). For 7 days.",
            "Administrators: Issue updated; Mail to: ciso@acme.example, helpdesk@acme.example.",
            "MDM: labels: Adds: MES - High Risk; Removes: MES - Moderate Risk.",
            "What was found: Update, please.",
            "What the user is kept from, from step 4 on: Company sites, Android and iOS")) {
      assertTrue(words.contains(part), () -> part + " in " + words);
    }
    assertTrue(
        List.of("svg", "title", "desc", "style", "rect", "path", "circle", "text")
            .containsAll(picture.elements()));
    assertFalse(svg.contains("url(") || svg.contains("href") || svg.contains("@import"));
  }

  @Test
  void dates_are_in_the_tenants_zone() {
    SvgReader picture = picture(company().timeZone(ZoneId.of("Europe/Berlin")));
    assertContains(picture, "Found on 2026-03-01, 01:00. All times are of Europe/Berlin.");
  }

  @Test
  void is_the_same_whatever_language_the_machine_speaks() {
    Timeline timeline = timeline(company());
    String expected = TimelinePicture.svg(timeline);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(expected, TimelinePicture.svg(timeline));
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertEquals(expected, TimelinePicture.svg(timeline));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void a_ladder_of_one_rung_lasts_until_it_is_fixed() {
    SvgReader picture = picture(setOf(root().build()));
    assertContains(picture, "Until it is fixed", "by the default for this kind of threat");
    assertTidy(picture);
  }

  @Test
  void web_content_is_a_moment() {
    ClassificationPolicy blocked = policy(RiskLevel.HIGH, Response.BLOCK_AND_ALERT_DEVICE);
    PolicySet set = setWith("PHISHING_CONTENT", blocked).build();
    Timeline timeline = Timeline.of(set.compile(), ROOT, "PHISHING_CONTENT", T0);
    SvgReader picture = new SvgReader(TimelinePicture.svg(timeline));
    assertContains(picture, "what happens when it is met", "Over when reported");
    assertContains(picture, "Issue opened and resolved\nNobody gets mail\n");
    assertContains(picture, "The page that was asked for, and nothing else\n");
    assertTidy(picture);
  }

  @Test
  void a_threat_of_no_risk_is_told_to_nobody() {
    SvgReader picture = picture(setWith(OS, policy(RiskLevel.NONE, Response.DONT_ALERT)));
    assertContains(picture, "None", "Is not told\n", "Hear nothing\n");
    assertContains(picture, "What the user is kept from\nNothing\nWhat the user reads\nNothing\n");
    assertTidy(picture);
  }

  @Test
  void a_block_that_the_group_does_not_allow_is_not_drawn_as_one() {
    DeviceGroup parent =
        root().onDeviceThreatProtection(blocking("acme.example")).putPolicy(OS, weekly()).build();
    DeviceGroup off =
        group("off", ROOT)
            .onDeviceThreatProtection(new OnDeviceThreatProtection(false, List.of()))
            .build();
    PolicySet set = setOf(parent, off).build();
    SvgReader picture =
        new SvgReader(TimelinePicture.svg(Timeline.of(set.compile(), "off", OS, T0)));
    assertContains(picture, "No block: the group's");
    assertFalse(picture.writing().contains("Company sites"));
    assertTidy(picture);
  }

  @Test
  void a_block_ends_where_a_weaker_rung_begins() {
    ClassificationPolicy weaker =
        policy(
            RiskLevel.LOW,
            Response.BLOCK_INTERNET_AND_ALERT,
            after(1, RiskLevel.MEDIUM, Response.BLOCK_DOMAINS_AND_ALERT),
            alertAfter(1, RiskLevel.HIGH));
    Timeline timeline =
        timeline(
            setOf(
                root()
                    .onDeviceThreatProtection(blocking("acme.example"))
                    .putPolicy(OS, weaker)
                    .build()));
    List<String> bars =
        RestrictionBar.of(timeline).stream()
            .map(bar -> bar.kind() + " " + bar.from() + "-" + bar.to())
            .toList();
    assertEquals(List.of("INTERNET 0-1", "COMPANY_SITES 1-2"), bars);
  }

  @Test
  void platforms_that_differ_are_told_apart() {
    SecurityPolicy onlyAndroid =
        SecurityPolicy.builder()
            .name("policy")
            .status(SecurityPolicy.Status.ACTIVE)
            .priority(1)
            .addLabels("MES - High Risk")
            .accessControl(new SecurityPolicy.AccessControl("Lock", List.of("trigger")))
            .build();
    AppControlRule trigger =
        AppControlRule.builder()
            .name("trigger")
            .type(AppControlRule.Type.REQUIRED)
            .app(AppControlRule.NO_SUCH_APP)
            .platform(AppControlRule.Scope.ANDROID)
            .build();
    RiskResponsePlan plan =
        RiskResponsePlan.builder()
            .addAppControlRule(trigger)
            .addComplianceAction(ComplianceAction.builder().name("Lock").blockAccess(true).build())
            .addSecurityPolicy(onlyAndroid)
            .build();
    SvgReader picture = picture(company().riskResponse(plan));
    assertContains(picture, "Android\nLock\niOS: none\n", "Company access\nAndroid\n");
    assertTidy(picture);
  }

  @Test
  void escapes_what_xml_has_another_use_for_and_replaces_what_it_cannot_hold() {
    String text = "<b> & \"c\" 'd' ]]> \u0000\u000B\uFFFE\uD800 \u0085";
    String svg = TimelinePicture.svg(withTexts(timeline(company()), List.of(text)));
    SvgReader picture = new SvgReader(svg);
    assertContains(picture, "<b> & \"c\" 'd' ]]> \uFFFD");
    assertTrue(svg.contains("&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos; ]]&gt; \uFFFD"));
    assertTrue(svg.chars().noneMatch(c -> c < ' ' && c != '\n'));
  }

  @Test
  void very_long_texts_and_lists_are_cut_and_say_so() {
    Map<LabelState, String> labels = new EnumMap<>(LabelState.class);
    for (LabelState state : LabelState.values()) {
      labels.put(state, state + "W".repeat(300));
    }
    List<Administrator> administrators =
        IntStream.range(0, 1_000)
            .mapToObj(i -> admin("a".repeat(290) + (1_000 + i) + "@acme.example", REPORTED))
            .toList();
    List<String> domains =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "w".repeat(60) + ".number" + i + ".example")
            .toList();
    PolicySet.Builder set =
        setOf(
                root()
                    .name("G".repeat(320))
                    .onDeviceThreatProtection(new OnDeviceThreatProtection(true, domains))
                    .putPolicy(OS, weekly())
                    .build())
            .administrators(administrators)
            .labels(new LabelScheme(labels))
            .riskResponse(RiskResponse.standard());
    List<String> texts =
        Stream.of("W", "i ", "\u6F22", FAMILY)
            .map(text -> text.repeat(180_000 / text.length()))
            .toList();
    String svg = TimelinePicture.svg(withTexts(timeline(set), texts));
    SvgReader picture = new SvgReader(svg);
    assertContains(picture, "\u2026 and 995 more\n", " more characters\n");
    assertTidy(picture);
    assertTrue(picture.height() <= 6_500, () -> picture.height() + " high");
    assertTrue(svg.length() <= 300_000, () -> svg.length() + " long");
  }

  @Test
  void scripts_from_right_to_left_begin_at_the_right_of_their_column() {
    String hebrew = "\u05E9\u05DC\u05D5\u05DD ".repeat(40);
    SvgReader picture =
        new SvgReader(TimelinePicture.svg(withTexts(timeline(company()), List.of(hebrew))));
    assertTidy(picture);
    assertTrue(
        picture.lines().stream()
            .filter(line -> line.text().startsWith("\u05E9"))
            .allMatch(line -> line.right() == 584 || line.right() == PictureCanvas.RIGHT));
  }

  @Test
  void texts_can_be_read_in_light_and_in_dark() {
    for (PictureTone text : List.of(PictureTone.INK, PictureTone.MUTED)) {
      for (PictureTone ground : List.of(PictureTone.PAPER, PictureTone.BLOCKED)) {
        assertTrue(contrast(text.light(), ground.light()) >= 4.5, text + " on " + ground);
        assertTrue(contrast(text.dark(), ground.dark()) >= 4.5, text + " on " + ground + ", dark");
      }
    }
  }

  /** As WCAG 2 defines it. */
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void waits_are_to_one_scale_if_they_fit() {
    assertEquals(List.of("284", "284", "284", "284"), columns(7, 7, 7));
    assertEquals(List.of("255", "340", "255", "286"), columns(9, 12, 9));
  }

  @Test
  void a_wait_too_long_for_the_scale_of_the_shortest_is_cut() {
    assertEquals(List.of("208", "208", "436 cut", "284"), columns(7, 7, 30));
    assertEquals(List.of("208", "237", "407 cut", "284"), columns(7, 8, 30));
    assertEquals(List.of("208", "322 cut", "322 cut", "284"), columns(1, 100, 3650));
    assertEquals(List.of("568", "568"), columns(3650));
    SvgReader picture = picture(setWith(OS, ladder(List.of(1L, 100L, 315_360_000L))));
    assertContains(picture, "For 1 second\n", "For 1 minute and 40 seconds", "(longer");
    assertTidy(picture);
  }

  private static List<String> columns(long... days) {
    List<Long> waits = IntStream.range(0, days.length).mapToObj(i -> days[i] * 86_400).toList();
    List<Stage> stages = timeline(setWith(OS, ladder(waits))).stages();
    return PictureScale.of(stages, 0, 1_136).columns().stream()
        .map(column -> column.width() + (column.cut() ? " cut" : ""))
        .toList();
  }

  private static ClassificationPolicy ladder(List<Long> seconds) {
    ClassificationPolicy.Builder policy =
        ClassificationPolicy.builder()
            .riskLevel(RiskLevel.ADVISORY)
            .response(Response.ALERT_DEVICE);
    for (int i = 0; i < seconds.size(); i++) {
      policy.addEscalation(
          Escalation.builder()
              .after(Duration.ofSeconds(seconds.get(i)))
              .riskLevel(REPORTED[i])
              .response(Response.ALERT_DEVICE)
              .build());
    }
    return policy.build();
  }

  @Test
  void lines_break_between_words_and_never_inside_a_character() {
    assertEquals(List.of("one two", "three"), wrap("one two three", 80));
    assertEquals(List.of("first", "", "third"), wrap("first\r\n\n\n\nthird\n", 80));
    assertEquals(List.of("until", "2026-03-22"), wrap("until 2026-03-22", 100));
    assertEquals(List.of("\u6F22\u5B57\u3002", "\u6F22"), wrap("\u6F22\u5B57\u3002\u6F22", 65));
    assertTrue(wrap(FAMILY.repeat(9), 100).stream().allMatch(line -> isRepeated(FAMILY, line)));
    assertEquals(
        List.of("wwwww", "www\u2026"),
        PictureText.shortened("w".repeat(20), PictureFont.BODY, 80, 2));
  }

  private static boolean isRepeated(String part, String text) {
    return !text.isEmpty() && text.equals(part.repeat(text.length() / part.length()));
  }

  private static List<String> wrap(String text, int width) {
    return PictureText.wrap(text, PictureFont.BODY, width, 99).lines();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(300),
        Arbitraries.strings().withChars('a', ' ', '\n', '-', '<').ofMaxLength(1_500),
        Arbitraries.of(
                "\u6F22\u5B57",
                FAMILY,
                "\u1100",
                "\u0301",
                "\u05D0 ",
                "\uD83C\uDDE9",
                "\uFDFD",
                "W")
            .list()
            .ofMaxSize(400)
            .map(parts -> String.join("", parts)));
  }

  @Provide
  Arbitrary<Timeline> ladders() {
    Arbitrary<Long> wait =
        Combinators.combine(
                Arbitraries.of(1L, 60L, 3_600L, 86_400L), Arbitraries.longs().between(1, 3_650))
            .as((unit, number) -> unit * number);
    Arbitrary<String> name =
        Arbitraries.strings().withCharRange('\u00A1', '\uD7FF').ofMinLength(1).ofMaxLength(300);
    return Combinators.combine(wait.list().ofMaxSize(3), name, name).as(TimelinePictureTest::named);
  }

  private static Timeline named(List<Long> waits, String groupName, String threatName) {
    DeviceGroup group = root().name("g" + groupName).putPolicy("own", ladder(waits)).build();
    PolicySet set =
        setOf(group)
            .addClassification(
                Classification.builder()
                    .from(
                        classified(
                            "own", ThreatType.CONFIGURATION, RiskLevel.LOW, Response.ALERT_DEVICE))
                    .displayName("t" + threatName)
                    .build())
            .addAdministrators(admin("someone@acme.example", REPORTED))
            .labels(LabelScheme.defaults())
            .riskResponse(RiskResponse.standard())
            .build();
    return Timeline.of(set.compile(), ROOT, "own", T0);
  }

  @Property
  void any_ladder_with_any_texts_is_well_formed_tidy_and_always_the_same(
      @ForAll("ladders") Timeline ladder,
      @ForAll("texts") String one,
      @ForAll("texts") String two) {
    Timeline timeline = withTexts(ladder, List.of(one, two));
    String svg = TimelinePicture.svg(timeline);
    assertEquals(svg, TimelinePicture.svg(timeline));
    assertTidy(new SvgReader(svg));
  }

  @Property
  void any_policy_set_gives_pictures_that_are_tidy(@ForAll long seed) {
    PolicySet set = new PolicySets(seed).any();
    for (String threat : List.of(OS, "ADWARE", "PHISHING_CONTENT")) {
      Timeline timeline = Timeline.of(set.compile(), "a", threat, T0);
      SvgReader picture = new SvgReader(TimelinePicture.svg(timeline));
      assertTidy(picture);
      for (Stage stage : timeline.stages()) {
        assertContains(picture, stage.riskLevel().displayName());
        assertContains(picture, stage.labelsAdded().toArray(String[]::new));
        assertContains(picture, stage.mailed().toArray(String[]::new));
      }
    }
  }

  @Property
  void no_line_is_wider_than_its_column_and_nothing_is_lost(@ForAll("texts") String text) {
    List<String> lines = wrap(text, 208);
    PictureText all = PictureText.wrap(text, PictureFont.BODY, 208, Integer.MAX_VALUE);
    assertTrue(all.lines().stream().allMatch(line -> PictureFont.BODY.width(line) <= 208));
    assertEquals(0, all.omitted());
    assertEquals(unspaced(PictureText.clean(text)), unspaced(String.join("", all.lines())));
    assertEquals(all.lines().subList(0, Math.min(99, all.lines().size())), lines);
  }

  private static String unspaced(String text) {
    StringBuilder rest = new StringBuilder();
    text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(rest::appendCodePoint);
    return rest.toString();
  }
}
