// Any bytes as CSV: refused with a reason, or cells within every limit; what export writes of them reads as the same cells.
#include "base/check.h"
#include "base/text.h"
#include "registry/registry.h"

using namespace jingwei;
using namespace jingwei::registry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::vector<std::string>> rows;
  try {
    rows = parse_csv({reinterpret_cast<const char*>(data), size});
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed || rejected.code() == Code::too_large || rejected.code() == Code::unsupported);
    CHECK(!rejected.problems().empty());
    return 0;
  }
  CHECK(rows.size() <= kImportRowsMax + 1);
  std::string written;
  for (const auto& row : rows) {
    CHECK(!row.empty() && row.size() <= kImportColumnsMax);
    for (std::size_t i = 0; i < row.size(); ++i) {
      CHECK(is_utf8(row[i]) && row[i].size() <= kImportCellBytesMax);
      if (i > 0) written += ',';
      written += csv_cell(row[i]);
    }
    written += "\r\n";
  }
  const auto again = written.starts_with("PK\x03\x04") || written.starts_with("\xEF\xBB\xBF") ? rows : parse_csv(written);
  CHECK(again.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(again[i].size() == rows[i].size());
    // An apostrophe before what a spreadsheet would run as a formula is the one thing export adds.
    for (std::size_t j = 0; j < rows[i].size(); ++j) CHECK(again[i][j] == rows[i][j] || again[i][j] == "'" + rows[i][j]);
  }
  return 0;
}
