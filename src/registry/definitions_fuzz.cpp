// Any bytes as the one register of a folder: taken, or refused as invalid with the file's name. The loader reads folders, so the
// bytes go through a temporary one.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/check.h"
#include "registry/registry.h"

namespace {

using namespace jingwei;
using namespace jingwei::registry;

/// A folder with one small code list and two regions, removed at the end.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("jingwei_definitions_fuzz_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_ / "code-lists");
    write("code-lists/regions.csv", "code,name,parent\n330000,浙江省,\n330400,嘉兴市,330000\n");
    write("code-lists/lists.yaml", "id: stages\ntitle: {zh: 阶段, en: Stage}\ncodes:\n  - {code: seed, zh: 初创, en: Start-up}\n");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;  // what is left over is in the temporary folder
    std::filesystem::remove_all(path_, ignored);
  }
  void write(const char* name, std::string_view content) const {
    std::ofstream file(path_ / name, std::ios::binary | std::ios::trunc);
    file << content;
    CHECK(file.good());
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  folder.write("fuzzed.yaml", {reinterpret_cast<const char*>(data), size});
  try {
    const auto definitions = Definitions::load(folder.path());
    for (const auto& reg : definitions.all()) {
      CHECK(definitions.find(reg.id) == &reg && reg.with_role("title") != nullptr && !reg.key.empty());
      for (const auto& field : reg.fields)
        CHECK(reg.field(field.id) == &field && (field.type != FieldType::code || definitions.code_list(field.code_list) != nullptr));
    }
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::invalid);
    CHECK(rejected.message().en.starts_with("fuzzed.yaml:"));
  }
  return 0;
}
