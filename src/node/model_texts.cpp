#include "node/internal/model_texts.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/crypto.h"

namespace jingwei::node {
namespace {

constexpr std::string_view kNeedsRegister = "needs";

/// The text of the field with this role, if there is one and it is open to everybody.
std::string open_text(const registry::Register& reg, const registry::Entry& entry, std::string_view role) {
  const registry::Field* field = reg.with_role(role);
  if (field == nullptr || field->sensitivity != registry::Sensitivity::open) return "";
  const auto at = entry.fields.find(field->id);
  return at != entry.fields.end() && at->value().is_string() ? std::string(at->value().as_string()) : "";
}

bool for_everybody(const registry::Register& reg, const registry::Entry& entry) {
  return entry.state == registry::EntryState::published && entry.audience != registry::Audience::invited &&
         std::ranges::count(reg.access.read_published, "anyone") > 0;
}

std::string joined(std::string_view title, std::string_view text) {
  return std::string(first_characters(std::string(title) + "\n" + std::string(text), kSentCharactersMax));
}

}  // namespace

std::string text_of_need(std::string_view title, std::string_view text) { return joined(title, text); }

std::optional<std::string> text_to_send(store::Connection& connection, const registry::Definitions& definitions, const std::string& id, bool confidential) {
  const registry::Register* reg = definitions.of_entry(id);
  if (reg == nullptr || (reg->supply_kind.empty() && reg->id != kNeedsRegister)) return std::nullopt;
  const auto entry = registry::Registry::find(connection, id);
  if (!entry) return std::nullopt;
  const bool need = reg->id == kNeedsRegister;
  const bool living = entry->state == registry::EntryState::published || entry->state == registry::EntryState::draft;
  if (!for_everybody(*reg, *entry) && !(need && confidential && living)) return std::nullopt;
  // A headline stands where the title is a person's name.
  std::string title = open_text(*reg, *entry, "headline");
  if (title.empty()) title = open_text(*reg, *entry, "title");
  const std::string text = open_text(*reg, *entry, "text");
  if (title.empty() && text.empty()) return std::nullopt;
  return joined(title, text);
}

TextDigest digest_of_text(std::string_view text) {
  const auto whole = crypto::sha256(as_bytes(text));
  TextDigest digest;
  std::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

}  // namespace jingwei::node
