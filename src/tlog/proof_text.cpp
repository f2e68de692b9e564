// C2SP tlog-proof: a header line, an optional extra line, the index, the inclusion path, an empty line, the checkpoint.
#include <fmt/format.h>

#include "base/check.h"
#include "tlog/internal/reading.h"

namespace jingwei::tlog {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

[[noreturn]] void refuse_proof(std::string_view zh, std::string_view en) {
  refuse("证明（tlog-proof）有误", "the proof (tlog-proof) is wrong", zh, en);
}

}  // namespace

ProofText parse_proof_text(std::string_view text) {
  if (text.size() > kProofBytesMax) refuse_proof("过长", "it is too long");
  if (take_line(text) != kHeader) refuse_proof("首行不是 c2sp.org/tlog-proof@v1", "its first line is not c2sp.org/tlog-proof@v1");
  ProofText proof;
  auto line = take_line(text);
  if (line && line->starts_with(kExtra)) {
    proof.extra = from_base64(line->substr(kExtra.size()));
    if (!proof.extra) refuse_proof("附带内容不是 base64", "its extra line is not base64");
    if (proof.extra->size() > kProofExtraBytesMax) refuse_proof("附带内容过长", "its extra line is too long");
    line = take_line(text);
  }
  const auto index = line && line->starts_with(kIndex) ? parse_decimal(line->substr(kIndex.size())) : std::nullopt;
  if (!index) refuse_proof("缺少序号（index）行", "it has no index line");
  proof.index = *index;
  while (true) {
    line = take_line(text);
    if (!line) refuse_proof("哈希之后没有空行", "no empty line follows its hashes");
    if (line->empty()) break;
    const auto hash = parse_hash(*line);
    if (!hash) refuse_proof("路径中有一行不是哈希", "a line of its path is not a hash");
    if (proof.path.size() == kPathHashesMax) refuse_proof("路径过长", "its path is too long");
    proof.path.push_back(*hash);
  }
  parse_checkpoint(parse_note(text).text);
  proof.checkpoint = text;
  return proof;
}

std::string format_proof_text(const ProofText& proof) {
  CHECK(proof.path.size() <= kPathHashesMax && (!proof.extra || proof.extra->size() <= kProofExtraBytesMax));
  std::string text = fmt::format("{}\n", kHeader);
  if (proof.extra) text += fmt::format("{}{}\n", kExtra, to_base64(*proof.extra));
  text += fmt::format("{}{}\n", kIndex, proof.index);
  for (const Hash& hash : proof.path) text += to_base64(hash) + "\n";
  return text + "\n" + proof.checkpoint;
}

}  // namespace jingwei::tlog
