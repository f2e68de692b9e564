// What node.toml may say of an endpoint, checked at the start: a wrong setting is a message then and no surprise later.
#include <fmt/format.h>

#include <algorithm>

#include "io/file.h"
#include "models/internal/endpoint.h"

namespace jingwei::models {
namespace {

constexpr std::size_t kModelBytesMax = 200;
constexpr std::size_t kKeyBytesMax = 4'096;

class Checker {
 public:
  Checker(const std::string& section, std::vector<InputProblem>& problems) : section_(section), problems_(problems) {}
  void wrong(const char* name, Bilingual reason, Bilingual remedy) {
    problems_.push_back({std::nullopt, section_ + "." + name, std::move(reason), std::move(remedy)});
  }
  void range(const char* name, int value, int least, int most) {
    if (value >= least && value <= most) return;
    wrong(name, {fmt::format("应在 {} 和 {} 之间", least, most), fmt::format("must be between {} and {}", least, most)},
          {"改正 node.toml", "Mend node.toml"});
  }

 private:
  const std::string& section_;
  std::vector<InputProblem>& problems_;
};

bool is_variable(const std::string& name) {
  return !name.empty() && name.size() <= 100 && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_key(const char* key) {
  const std::string_view text(key);
  return !text.empty() && text.size() <= kKeyBytesMax && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

void check_key(const EndpointSettings& settings, const Environment& environment, Checker& checker) {
  if (settings.key_variable.empty()) return;
  if (!is_variable(settings.key_variable)) {
    checker.wrong("key_variable", {"应为环境变量的名字，不是密钥本身", "must be the name of an environment variable, not the key itself"},
                  {"例如 JINGWEI_MODEL_KEY；密钥写进这个环境变量", "for instance JINGWEI_MODEL_KEY; put the key into that variable"});
    return;
  }
  const char* key = environment(settings.key_variable.c_str());
  if (key == nullptr)
    checker.wrong("key_variable", {"环境变量 " + settings.key_variable + " 没有设置", "The environment variable " + settings.key_variable + " is not set"},
                  {"启动前设置它；接口不需要密钥时删去这一行", "Set it before the start, or take the line out when the endpoint wants no key"});
  else if (!is_key(key))
    checker.wrong("key_variable", {"环境变量 " + settings.key_variable + " 里不是密钥：有空格、换行或别的字符", "The environment variable " + settings.key_variable + " holds no key: spaces, line ends or other characters"},
                  {"检查它的内容", "Check what it holds"});
}

}  // namespace

void check(const EndpointSettings& settings, const std::string& section, const Environment& environment, std::vector<InputProblem>& problems) {
  Checker checker(section, problems);
  const Address address = read_address(settings.url);
  if (!address.well_formed)
    checker.wrong("url", {"应形如 https://models.example/v1，不带用户名、参数", "must look like https://models.example/v1, without user name or query"},
                  {"写到 /v1 为止", "write it up to /v1"});
  else if (!address.encrypted && !address.within_machine && (!settings.key_variable.empty() || settings.send_confidential))
    checker.wrong("url", {"密钥和不公开的需求只能走 https", "Keys and confidential needs may only travel by https"},
                  {"改用 https，或者接口装在本机", "use https, or an endpoint on this machine"});
  if (settings.model.empty() || settings.model.size() > kModelBytesMax)
    checker.wrong("model", {"缺少模型名，或太长", "The model's name is missing or too long"}, {"写接口所用的模型名", "Write the name that the endpoint knows"});
  check_key(settings, environment, checker);
  if (!settings.ca_file.empty() && !io::file_exists(settings.ca_file))
    checker.wrong("ca_file", {"没有这个文件：" + settings.ca_file, "There is no such file: " + settings.ca_file}, {"写 PEM 证书文件的完整路径", "Write the whole path of a file of PEM certificates"});
  checker.range("timeout_ms", settings.timeout_ms, kTimeoutMsMin, kTimeoutMsMax);
}

void check(const EmbeddingsSettings& settings, const std::string& section, const Environment& environment, std::vector<InputProblem>& problems) {
  check(static_cast<const EndpointSettings&>(settings), section, environment, problems);
  Checker checker(section, problems);
  checker.range("dimensions", settings.dimensions, 1, kDimensionsMax);
  checker.range("batch", settings.batch, 1, kBatchMax);
}

}  // namespace jingwei::models
