// What can be said of models without a network: settings, answers, pauses. Requests: tests/e2e/models.test.mjs, against a server that
// misbehaves.
#include "models/models.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "base/text.h"
#include "models/internal/answers.h"
#include "testing/text_cases.h"

namespace jingwei::models {
namespace {

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

/// "unwell 接口的回答不对：…" of what a function throws; what it returns otherwise.
std::string outcome(auto&& function) {
  try {
    return function();
  } catch (const Failure& failure) {
    return std::string(enum_name(failure.fault())) + " " + failure.reason().zh;
  }
}

TEST(Answers, vectors_are_what_was_asked_for_or_refused) {
  for (const auto& text_case : testing::read_text_cases(testdata("vectors.test"))) {
    SCOPED_TRACE(text_case.name);
    EXPECT_EQ(outcome([&] {
                std::ostringstream lines;
                for (const auto& vector : read_vectors(text_case.block("body"), 2, 3)) {
                  for (std::size_t i = 0; i < vector.size(); ++i) lines << (i > 0 ? " " : "") << vector[i];
                  lines << "\n";
                }
                return std::string(trim(lines.str()));
              }),
              text_case.block("expect"));
  }
}

TEST(Answers, a_reply_is_json_or_refused) {
  for (const auto& text_case : testing::read_text_cases(testdata("replies.test"))) {
    SCOPED_TRACE(text_case.name);
    EXPECT_EQ(outcome([&] { return json::serialize(read_reply(text_case.block("body"))); }), text_case.block("expect"));
  }
}

std::map<std::string, std::string> pairs_of(const std::string& block) {
  std::map<std::string, std::string> pairs;
  for (const auto line : split(block, '\n'))
    if (const auto space = line.find(' '); space != std::string_view::npos) pairs.emplace(line.substr(0, space), line.substr(space + 1));
  return pairs;
}

TEST(Settings, every_mistake_is_named_at_the_start) {
  for (const auto& text_case : testing::read_text_cases(testdata("settings.test"))) {
    SCOPED_TRACE(text_case.name);
    auto written = pairs_of(text_case.block("settings"));
    EmbeddingsSettings settings;
    settings.url = written["url"];
    settings.model = written["model"];
    settings.key_variable = written["key_variable"];
    settings.ca_file = written["ca_file"];
    settings.send_confidential = written["send_confidential"] == "yes";
    settings.dimensions = written.contains("dimensions") ? std::stoi(written["dimensions"]) : 1024;
    if (written.contains("batch")) settings.batch = std::stoi(written["batch"]);
    if (written.contains("timeout_ms")) settings.timeout_ms = std::stoi(written["timeout_ms"]);
    const auto variables = text_case.has("environment") ? pairs_of(text_case.block("environment")) : std::map<std::string, std::string>{};
    std::vector<InputProblem> problems;
    check(settings, "embeddings", [&](const char* name) { return variables.contains(name) ? variables.at(name).c_str() : nullptr; }, problems);
    std::string said;
    for (const auto& problem : problems) {
      said += (said.empty() ? "" : "\n") + problem.field + " " + problem.reason.zh;
      EXPECT_FALSE(problem.reason.en.empty() || problem.remedy.zh.empty() || problem.remedy.en.empty());
      EXPECT_EQ(problem.reason.zh.find("secret"), std::string::npos) << "what may be a key is not repeated";
    }
    EXPECT_EQ(problems.empty() ? "right" : said, text_case.block("expect"));
  }
}

TEST(Pause, grows_with_every_failure_to_a_limit_and_ends_with_a_success) {
  io::ManualClock clock({1'769'000'000'000'000});
  Pause pause(clock);
  const Failure unwell(Fault::unwell, {"", ""});
  std::vector<int> waits;
  for (int i = 0; i < 11; ++i) {
    pause.failed(unwell);
    waits.push_back(pause.left_ms());
    clock.advance_us(pause.left_ms() * std::int64_t{1'000});
    EXPECT_EQ(pause.left_ms(), 0);
  }
  EXPECT_EQ(waits, (std::vector<int>{1'000, 2'000, 4'000, 8'000, 16'000, 32'000, 64'000, 128'000, 256'000, 300'000, 300'000}));
  for (int i = 0; i < 100; ++i) pause.failed(unwell);
  EXPECT_EQ(pause.left_ms(), kPauseMsMax);
  pause.succeeded();
  EXPECT_EQ(pause.left_ms(), 0);
  pause.failed(unwell);
  EXPECT_EQ(pause.left_ms(), kPauseFirstMs);
}

TEST(Pause, is_as_long_as_the_endpoint_asks_but_for_an_hour_at_most) {
  io::ManualClock clock({1'769'000'000'000'000});
  Pause pause(clock);
  pause.failed({Fault::unwell, {"", ""}, 17'000});
  EXPECT_EQ(pause.left_ms(), 17'000);
  pause.failed({Fault::unwell, {"", ""}, 2'000'000'000});
  EXPECT_EQ(pause.left_ms(), kRetryAfterMsMax);
  pause.succeeded();
  pause.failed({Fault::text, {"", ""}});
  EXPECT_EQ(pause.left_ms(), 0) << "a text that is refused says nothing about the endpoint";
  pause.failed({Fault::stopped, {"", ""}});
  EXPECT_EQ(pause.left_ms(), 0);
}

}  // namespace
}  // namespace jingwei::models
