#include "io/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>

namespace jingwei::io {
namespace {

constexpr std::size_t kErrorBytesMax = 4'096;
constexpr int kNotFound = 127;
constexpr int kReadFd = 3;  ///< the first descriptor that the program must not have

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  int get() const { return fd_; }
  void set(int fd) { fd_ = fd; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// The input in memory and not in a pipe: the program may seek in it, and nobody waits for anybody.
void put_input(Descriptor& file, std::string_view input) {
  file.set(::memfd_create("input", MFD_CLOEXEC));
  if (file.get() < 0) fail("memory for a program's input");
  while (!input.empty()) {
    const auto written = ::write(file.get(), input.data(), input.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("memory for a program's input");
    input.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) fail("memory for a program's input");
}

void make_pipe(Descriptor& reading, Descriptor& writing) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail("pipe to a program");
  reading.set(ends[0]);
  writing.set(ends[1]);
}

void limit(int resource, std::uint64_t value) {
  const rlimit bound{value, value};
  if (::setrlimit(static_cast<__rlimit_resource>(resource), &bound) != 0) ::_exit(kNotFound);
}

/// Between fork and exec: nothing that allocates or locks, for other threads may have held any lock.
[[noreturn]] void become(char* const* arguments, char* const* environment, int input, int output, int errors, const ProgramLimits& limits) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(errors, 2);
  ::close_range(kReadFd, ~0U, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  limit(RLIMIT_AS, limits.memory_bytes_max);
  limit(RLIMIT_CPU, static_cast<std::uint64_t>(limits.processor_seconds));
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  ::execvpe(arguments[0], arguments, environment);
  ::_exit(kNotFound);
}

/// Takes what is there; false when the other side has closed.
bool take(int fd, std::string& into, std::size_t bytes_max, bool& is_over) {
  char buffer[65'536];
  const auto count = ::read(fd, buffer, sizeof buffer);
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  if (count == 0) return false;
  const auto room = bytes_max - into.size();
  is_over = static_cast<std::size_t>(count) > room;
  into.append(buffer, std::min(static_cast<std::size_t>(count), room));
  return true;
}

/// Reads both ends until they close, the time is up or too much came.
ProgramResult::End gather(Descriptor& output, Descriptor& errors, const ProgramLimits& limits, ProgramResult& result) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.timeout_ms);
  while (output.get() >= 0 || errors.get() >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) return ProgramResult::End::timed_out;
    pollfd ends[2] = {{output.get(), POLLIN, 0}, {errors.get(), POLLIN, 0}};
    if (::poll(ends, 2, static_cast<int>(left)) < 0 && errno != EINTR) fail("waiting for a program");
    bool is_over = false;
    if (ends[0].revents != 0 && !take(output.get(), result.output, limits.output_bytes_max, is_over)) output.close();
    if (is_over) return ProgramResult::End::output_too_long;
    // Complaints beyond the first are read and forgotten.
    if (ends[1].revents != 0 && !take(errors.get(), result.errors, kErrorBytesMax, is_over)) errors.close();
  }
  return ProgramResult::End::exited;
}

}  // namespace

ProgramResult SystemPrograms::run(const std::vector<std::string>& command, std::string_view input, const ProgramLimits& limits) {
  Descriptor input_file, output, errors, output_end, errors_end;
  put_input(input_file, input);
  make_pipe(output, output_end);
  make_pipe(errors, errors_end);
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::string path = "PATH=/usr/local/bin:/usr/bin:/bin";
  std::string language = "LANG=C.UTF-8";
  char* const environment[] = {path.data(), language.data(), nullptr};

  const pid_t child = ::fork();
  if (child < 0) fail("starting a program");
  if (child == 0) become(arguments.data(), environment, input_file.get(), output_end.get(), errors_end.get(), limits);
  output_end.close();
  errors_end.close();
  ProgramResult result;
  result.end = gather(output, errors, limits, result);
  if (result.end != ProgramResult::End::exited) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (result.end != ProgramResult::End::exited) return result;
  if (!WIFEXITED(status)) {
    result.end = ProgramResult::End::killed;
    return result;
  }
  result.exit_code = WEXITSTATUS(status);
  if (result.exit_code == kNotFound) result.end = ProgramResult::End::not_found;
  return result;
}

}  // namespace jingwei::io
