// Which text of an entry a model may see. In one place, because what is sent leaves the node.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "node/internal/vector_file.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::node {

constexpr std::size_t kSentCharactersMax = 4'000;  ///< of one text; what follows is not sent

/// What of an entry is sent: title and text of a published supply or need that anybody may read. Of people the specialty and what they
/// can do, never the name. Nothing for anything else: drafts, needs for invited parties, fields that are not open. With
/// `confidential` also needs for invited parties and drafts of needs.
std::optional<std::string> text_to_send(store::Connection& connection, const registry::Definitions& definitions, const std::string& id, bool confidential);
/// The same of a need, from its title and text.
std::string text_of_need(std::string_view title, std::string_view text);
TextDigest digest_of_text(std::string_view text);

}  // namespace jingwei::node
