// Another program run over some bytes: what it wrote comes back. For programs that read what strangers made (PDF), so every run is
// bounded in time, memory, processor time and output, sees no file of ours, and gets no more of the environment than PATH and LANG.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei::io {

struct ProgramLimits {
  int timeout_ms = 30'000;
  int processor_seconds = 20;
  std::uint64_t memory_bytes_max = 1ULL << 30;
  std::size_t output_bytes_max = 8U << 20;
};

struct ProgramResult {
  enum class End { exited, not_found, timed_out, output_too_long, killed };
  End end = End::exited;
  int exit_code = 0;   ///< of exited
  std::string output;  ///< what it wrote; the part up to the limit
  std::string errors;  ///< the beginning of what it complained
};

class Programs {
 public:
  virtual ~Programs() = default;
  /// Runs command[0] (found in PATH) with `input` on its standard input, and waits for its end.
  virtual ProgramResult run(const std::vector<std::string>& command, std::string_view input, const ProgramLimits& limits) = 0;
};

/// Programs of the machine. Safe from any thread.
class SystemPrograms : public Programs {
 public:
  ProgramResult run(const std::vector<std::string>& command, std::string_view input, const ProgramLimits& limits) override;
};

}  // namespace jingwei::io
