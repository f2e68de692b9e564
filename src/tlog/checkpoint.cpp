// Checkpoints: the signed head of a log (C2SP tlog-checkpoint).
#include <fmt/format.h>

#include "base/check.h"
#include "tlog/internal/reading.h"

namespace jingwei::tlog {
namespace {

[[noreturn]] void refuse_checkpoint(std::string_view zh, std::string_view en) {
  refuse("检查点有误", "the checkpoint is wrong", zh, en);
}

}  // namespace

Checkpoint parse_checkpoint(std::string_view text) {
  if (text.size() > kNoteBytesMax) refuse_checkpoint("过长", "it is too long");
  Checkpoint checkpoint;
  const auto origin = take_line(text);
  if (!origin || origin->empty()) refuse_checkpoint("第一行应为日志名称", "its first line should be the log's origin");
  checkpoint.origin = *origin;
  const auto size_line = take_line(text);
  const auto size = size_line ? parse_decimal(*size_line) : std::nullopt;
  if (!size) refuse_checkpoint("第二行应为条数", "its second line should be the tree's size");
  checkpoint.size = *size;
  const auto root_line = take_line(text);
  const auto root = root_line ? parse_hash(*root_line) : std::nullopt;
  if (!root) refuse_checkpoint("第三行应为根哈希", "its third line should be the root hash");
  checkpoint.root = *root;
  if (checkpoint.size == 0 && checkpoint.root != empty_root()) {
    refuse_checkpoint("空日志的根哈希不对", "the root of an empty log is wrong");
  }
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line || line->empty()) refuse_checkpoint("扩展行为空或未换行", "an extension line is empty or has no end");
    if (checkpoint.extensions.size() == kExtensionLinesMax) refuse_checkpoint("扩展行过多", "it has too many extension lines");
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

std::string format_checkpoint(const Checkpoint& checkpoint) {
  CHECK(!checkpoint.origin.empty());
  std::string text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, to_base64(checkpoint.root));
  for (const std::string& line : checkpoint.extensions) text += line + "\n";
  return text;
}

Checkpoint open_checkpoint(std::string_view note_bytes, const VerifierKey& log) {
  const SignedNote note = parse_note(note_bytes);
  if (verify_note(note, {&log, 1}).empty()) {
    refuse_checkpoint(fmt::format("没有 {} 的签名", log.name), fmt::format("it is not signed by {}", log.name));
  }
  Checkpoint checkpoint = parse_checkpoint(note.text);
  // A key signs for the log of its own name only; otherwise one log could vouch for another's tree.
  if (checkpoint.origin != log.name) refuse_checkpoint("日志名称与公钥不符", "its origin is not the key's name");
  return checkpoint;
}

}  // namespace jingwei::tlog
