// Real programs of the machine, held to their limits.
#include "io/process.h"

#include <gtest/gtest.h>

#include <thread>

namespace jingwei::io {
namespace {

using End = ProgramResult::End;

TEST(Process, GivesTheInputAndTakesTheOutput) {
  SystemPrograms programs;
  std::string large(1 << 20, 'x');
  large += "end";
  const auto result = programs.run({"cat"}, large, {});
  EXPECT_EQ(result.end, End::exited);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.output, large);
  EXPECT_EQ(programs.run({"sh", "-c", "echo no >&2; exit 3"}, "", {}).exit_code, 3);
  EXPECT_EQ(programs.run({"sh", "-c", "echo no >&2"}, "", {}).errors, "no\n");
}

TEST(Process, SaysWhenThereIsNoSuchProgram) {
  SystemPrograms programs;
  EXPECT_EQ(programs.run({"no-such-program-anywhere"}, "", {}).end, End::not_found);
}

TEST(Process, EndsWhatDoesNotEnd) {
  SystemPrograms programs;
  ProgramLimits limits;
  limits.timeout_ms = 200;
  // The grandchild too, which holds the pipe open.
  EXPECT_EQ(programs.run({"sh", "-c", "sleep 1000 & sleep 1000"}, "", limits).end, End::timed_out);
  limits = {};
  limits.output_bytes_max = 1'000'000;
  const auto endless = programs.run({"yes"}, "", limits);
  EXPECT_EQ(endless.end, End::output_too_long);
  EXPECT_EQ(endless.output.size(), limits.output_bytes_max);
  limits.processor_seconds = 1;
  EXPECT_EQ(programs.run({"sh", "-c", "while :; do :; done"}, "", limits).end, End::killed);
}

TEST(Process, KeepsMemoryFilesAndEnvironmentBounded) {
  SystemPrograms programs;
  ProgramLimits limits;
  limits.memory_bytes_max = 64U << 20;
  EXPECT_NE(programs.run({"sh", "-c", "head -c 200000000 /dev/zero | tail -c 150000000 | wc -c"}, "", limits).output, "150000000\n");
  EXPECT_EQ(programs.run({"env"}, "", {}).output, "PATH=/usr/local/bin:/usr/bin:/bin\nLANG=C.UTF-8\n");
  EXPECT_EQ(programs.run({"sh", "-c", "ls /proc/self/fd | wc -l"}, "", {}).output, "4\n");  // three and the folder that ls reads
  const std::string file = ::testing::TempDir() + "written-by-a-program";
  EXPECT_EQ(programs.run({"sh", "-c", "echo x > " + file}, "", {}).end, End::killed);
  std::filesystem::remove(file);
}

TEST(Process, RunsFromManyThreads) {
  SystemPrograms programs;
  std::vector<std::thread> threads;
  std::array<std::string, 8> outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    threads.emplace_back([&, i] { outputs[i] = programs.run({"cat"}, std::string(100'000, static_cast<char>('a' + i)), {}).output; });
  for (auto& thread : threads) thread.join();
  for (std::size_t i = 0; i < outputs.size(); ++i) EXPECT_EQ(outputs[i], std::string(100'000, static_cast<char>('a' + i)));
}

}  // namespace
}  // namespace jingwei::io
