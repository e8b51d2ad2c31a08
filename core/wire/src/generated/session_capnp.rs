

#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Control = 0,
    Input = 1,
    Video = 2,
    Cursor = 3,
    Clipboard = 4,
}

impl ::capnp::introspect::Introspect for Channel {
    fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Enum(::capnp::introspect::RawEnumSchema::new(&channel::ARENA, channel::get_annotation_types)).into() }
}
impl ::core::convert::From<Channel> for ::capnp::dynamic_value::Reader<'_> {
    fn from(e: Channel) -> Self { ::capnp::dynamic_value::Enum::new(e.into(), ::capnp::introspect::RawEnumSchema::new(&channel::ARENA, channel::get_annotation_types).into()).into() }
}
impl ::core::convert::TryFrom<u16> for Channel {
    type Error = ::capnp::NotInSchema;
    fn try_from(value: u16) -> ::core::result::Result<Self, <Channel as ::core::convert::TryFrom<u16>>::Error> {
        match value {
            0 => ::core::result::Result::Ok(Self::Control),
            1 => ::core::result::Result::Ok(Self::Input),
            2 => ::core::result::Result::Ok(Self::Video),
            3 => ::core::result::Result::Ok(Self::Cursor),
            4 => ::core::result::Result::Ok(Self::Clipboard),
            n => ::core::result::Result::Err(::capnp::NotInSchema(n)),
        }
    }
}
impl From<Channel> for u16 {
    #[inline]
    fn from(x: Channel) -> u16 { x as u16 }
}
impl ::capnp::traits::HasTypeId for Channel {
    const TYPE_ID: u64 = 0xeac1_1d91_b5b1_6358u64;
}
mod channel {
pub(crate) static ENCODED_NODE: [::capnp::Word; 38] = [
    ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
    ::capnp::word(88, 99, 177, 181, 145, 29, 193, 234),
    ::capnp::word(14, 0, 0, 0, 2, 0, 0, 0),
    ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 178, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(25, 0, 0, 0, 127, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
    ::capnp::word(99, 97, 112, 110, 112, 58, 67, 104),
    ::capnp::word(97, 110, 110, 101, 108, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
    ::capnp::word(20, 0, 0, 0, 1, 0, 2, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(53, 0, 0, 0, 66, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(45, 0, 0, 0, 50, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(37, 0, 0, 0, 50, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 58, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 82, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(99, 111, 110, 116, 114, 111, 108, 0),
    ::capnp::word(105, 110, 112, 117, 116, 0, 0, 0),
    ::capnp::word(118, 105, 100, 101, 111, 0, 0, 0),
    ::capnp::word(99, 117, 114, 115, 111, 114, 0, 0),
    ::capnp::word(99, 108, 105, 112, 98, 111, 97, 114),
    ::capnp::word(100, 0, 0, 0, 0, 0, 0, 0),
];
pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
    ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
}
pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
}

#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Host = 0,
    Viewer = 1,
    Both = 2,
}

impl ::capnp::introspect::Introspect for Side {
    fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Enum(::capnp::introspect::RawEnumSchema::new(&side::ARENA, side::get_annotation_types)).into() }
}
impl ::core::convert::From<Side> for ::capnp::dynamic_value::Reader<'_> {
    fn from(e: Side) -> Self { ::capnp::dynamic_value::Enum::new(e.into(), ::capnp::introspect::RawEnumSchema::new(&side::ARENA, side::get_annotation_types).into()).into() }
}
impl ::core::convert::TryFrom<u16> for Side {
    type Error = ::capnp::NotInSchema;
    fn try_from(value: u16) -> ::core::result::Result<Self, <Side as ::core::convert::TryFrom<u16>>::Error> {
        match value {
            0 => ::core::result::Result::Ok(Self::Host),
            1 => ::core::result::Result::Ok(Self::Viewer),
            2 => ::core::result::Result::Ok(Self::Both),
            n => ::core::result::Result::Err(::capnp::NotInSchema(n)),
        }
    }
}
impl From<Side> for u16 {
    #[inline]
    fn from(x: Side) -> u16 { x as u16 }
}
impl ::capnp::traits::HasTypeId for Side {
    const TYPE_ID: u64 = 0xc5d4_f68e_5bbf_33d3u64;
}
mod side {
pub(crate) static ENCODED_NODE: [::capnp::Word; 29] = [
    ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
    ::capnp::word(211, 51, 191, 91, 142, 246, 212, 197),
    ::capnp::word(14, 0, 0, 0, 2, 0, 0, 0),
    ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 154, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(25, 0, 0, 0, 79, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
    ::capnp::word(99, 97, 112, 110, 112, 58, 83, 105),
    ::capnp::word(100, 101, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
    ::capnp::word(12, 0, 0, 0, 1, 0, 2, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 42, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 58, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(13, 0, 0, 0, 42, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(104, 111, 115, 116, 0, 0, 0, 0),
    ::capnp::word(118, 105, 101, 119, 101, 114, 0, 0),
    ::capnp::word(98, 111, 116, 104, 0, 0, 0, 0),
];
pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
    ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
}
pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
}

#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Login = 0,
    Session = 1,
    Any = 2,
}

impl ::capnp::introspect::Introspect for Phase {
    fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Enum(::capnp::introspect::RawEnumSchema::new(&phase::ARENA, phase::get_annotation_types)).into() }
}
impl ::core::convert::From<Phase> for ::capnp::dynamic_value::Reader<'_> {
    fn from(e: Phase) -> Self { ::capnp::dynamic_value::Enum::new(e.into(), ::capnp::introspect::RawEnumSchema::new(&phase::ARENA, phase::get_annotation_types).into()).into() }
}
impl ::core::convert::TryFrom<u16> for Phase {
    type Error = ::capnp::NotInSchema;
    fn try_from(value: u16) -> ::core::result::Result<Self, <Phase as ::core::convert::TryFrom<u16>>::Error> {
        match value {
            0 => ::core::result::Result::Ok(Self::Login),
            1 => ::core::result::Result::Ok(Self::Session),
            2 => ::core::result::Result::Ok(Self::Any),
            n => ::core::result::Result::Err(::capnp::NotInSchema(n)),
        }
    }
}
impl From<Phase> for u16 {
    #[inline]
    fn from(x: Phase) -> u16 { x as u16 }
}
impl ::capnp::traits::HasTypeId for Phase {
    const TYPE_ID: u64 = 0xb5b1_a759_2253_b6e4u64;
}
mod phase {
pub(crate) static ENCODED_NODE: [::capnp::Word; 29] = [
    ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
    ::capnp::word(228, 182, 83, 34, 89, 167, 177, 181),
    ::capnp::word(14, 0, 0, 0, 2, 0, 0, 0),
    ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 162, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(25, 0, 0, 0, 79, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
    ::capnp::word(99, 97, 112, 110, 112, 58, 80, 104),
    ::capnp::word(97, 115, 101, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
    ::capnp::word(12, 0, 0, 0, 1, 0, 2, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 50, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 66, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(13, 0, 0, 0, 34, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(108, 111, 103, 105, 110, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 0),
    ::capnp::word(97, 110, 121, 0, 0, 0, 0, 0),
];
pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
    ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
}
pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
}

#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    View = 0,
    Input = 1,
    ClipboardIn = 2,
    ClipboardOut = 3,
    Audio = 4,
    FilesIn = 5,
    FilesOut = 6,
    Terminal = 7,
    Tunnel = 8,
    Restart = 9,
    BlockInput = 10,
    Recording = 11,
    Chat = 12,
    Voice = 13,
    None = 14,
}

impl ::capnp::introspect::Introspect for Permission {
    fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Enum(::capnp::introspect::RawEnumSchema::new(&permission::ARENA, permission::get_annotation_types)).into() }
}
impl ::core::convert::From<Permission> for ::capnp::dynamic_value::Reader<'_> {
    fn from(e: Permission) -> Self { ::capnp::dynamic_value::Enum::new(e.into(), ::capnp::introspect::RawEnumSchema::new(&permission::ARENA, permission::get_annotation_types).into()).into() }
}
impl ::core::convert::TryFrom<u16> for Permission {
    type Error = ::capnp::NotInSchema;
    fn try_from(value: u16) -> ::core::result::Result<Self, <Permission as ::core::convert::TryFrom<u16>>::Error> {
        match value {
            0 => ::core::result::Result::Ok(Self::View),
            1 => ::core::result::Result::Ok(Self::Input),
            2 => ::core::result::Result::Ok(Self::ClipboardIn),
            3 => ::core::result::Result::Ok(Self::ClipboardOut),
            4 => ::core::result::Result::Ok(Self::Audio),
            5 => ::core::result::Result::Ok(Self::FilesIn),
            6 => ::core::result::Result::Ok(Self::FilesOut),
            7 => ::core::result::Result::Ok(Self::Terminal),
            8 => ::core::result::Result::Ok(Self::Tunnel),
            9 => ::core::result::Result::Ok(Self::Restart),
            10 => ::core::result::Result::Ok(Self::BlockInput),
            11 => ::core::result::Result::Ok(Self::Recording),
            12 => ::core::result::Result::Ok(Self::Chat),
            13 => ::core::result::Result::Ok(Self::Voice),
            14 => ::core::result::Result::Ok(Self::None),
            n => ::core::result::Result::Err(::capnp::NotInSchema(n)),
        }
    }
}
impl From<Permission> for u16 {
    #[inline]
    fn from(x: Permission) -> u16 { x as u16 }
}
impl ::capnp::traits::HasTypeId for Permission {
    const TYPE_ID: u64 = 0xf893_5ef0_7eee_6e0fu64;
}
mod permission {
pub(crate) static ENCODED_NODE: [::capnp::Word; 84] = [
    ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
    ::capnp::word(15, 110, 238, 126, 240, 94, 147, 248),
    ::capnp::word(14, 0, 0, 0, 2, 0, 0, 0),
    ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 202, 0, 0, 0),
    ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 111, 1, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
    ::capnp::word(99, 97, 112, 110, 112, 58, 80, 101),
    ::capnp::word(114, 109, 105, 115, 115, 105, 111, 110),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
    ::capnp::word(60, 0, 0, 0, 1, 0, 2, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(173, 0, 0, 0, 42, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(165, 0, 0, 0, 50, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(157, 0, 0, 0, 98, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(153, 0, 0, 0, 106, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(149, 0, 0, 0, 50, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(5, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(141, 0, 0, 0, 66, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(6, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(133, 0, 0, 0, 74, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(129, 0, 0, 0, 74, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(125, 0, 0, 0, 58, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(117, 0, 0, 0, 66, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(10, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(109, 0, 0, 0, 90, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(11, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(105, 0, 0, 0, 82, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(101, 0, 0, 0, 42, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(93, 0, 0, 0, 50, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(85, 0, 0, 0, 42, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(118, 105, 101, 119, 0, 0, 0, 0),
    ::capnp::word(105, 110, 112, 117, 116, 0, 0, 0),
    ::capnp::word(99, 108, 105, 112, 98, 111, 97, 114),
    ::capnp::word(100, 73, 110, 0, 0, 0, 0, 0),
    ::capnp::word(99, 108, 105, 112, 98, 111, 97, 114),
    ::capnp::word(100, 79, 117, 116, 0, 0, 0, 0),
    ::capnp::word(97, 117, 100, 105, 111, 0, 0, 0),
    ::capnp::word(102, 105, 108, 101, 115, 73, 110, 0),
    ::capnp::word(102, 105, 108, 101, 115, 79, 117, 116),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(116, 101, 114, 109, 105, 110, 97, 108),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(116, 117, 110, 110, 101, 108, 0, 0),
    ::capnp::word(114, 101, 115, 116, 97, 114, 116, 0),
    ::capnp::word(98, 108, 111, 99, 107, 73, 110, 112),
    ::capnp::word(117, 116, 0, 0, 0, 0, 0, 0),
    ::capnp::word(114, 101, 99, 111, 114, 100, 105, 110),
    ::capnp::word(103, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(99, 104, 97, 116, 0, 0, 0, 0),
    ::capnp::word(118, 111, 105, 99, 101, 0, 0, 0),
    ::capnp::word(110, 111, 110, 101, 0, 0, 0, 0),
];
pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
    ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
}
pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
}
pub mod on {
    pub const ID: u64 = 0xac2b54a34a671093;
    pub fn get_type() -> ::capnp::introspect::Type { <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect() }
}
pub mod from {
    pub const ID: u64 = 0x990aeda0b8709b35;
    pub fn get_type() -> ::capnp::introspect::Type { <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect() }
}
pub mod during {
    pub const ID: u64 = 0xff1fb11bdbb44dda;
    pub fn get_type() -> ::capnp::introspect::Type { <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect() }
}
pub mod needs {
    pub const ID: u64 = 0xebe925e4fae75c63;
    pub fn get_type() -> ::capnp::introspect::Type { <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect() }
}
pub mod from_host_needs {
    pub const ID: u64 = 0x858eac3e472796b5;
    pub fn get_type() -> ::capnp::introspect::Type { <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect() }
}

pub mod session_message {
    pub use self::Which::{LoginMethods,LoginStart,LoginShare,LoginConfirm,LoginAccepted,LoginRefused,Permissions,Displays,Watch,Resync,FrameDone,Ping,Pong,Statistics,Path,Goodbye,Input,CursorShape,CursorCached,CursorPosition,Clipboard,LoginSecondFactorWanted,LoginSecondFactor,VideoCodecs,Recording,Sound,Voice};

    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn has_login_methods(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 0 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_login_start(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 1 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_login_share(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 2 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_login_confirm(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 3 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_login_accepted(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 4 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_login_refused(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 5 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_displays(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 7 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_watch(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 8 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_resync(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 9 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_frame_done(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 10 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_pong(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 12 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_statistics(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 13 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_path(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 14 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_goodbye(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 15 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_input(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 16 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_cursor_shape(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 17 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_cursor_position(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 19 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_clipboard(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 20 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_login_second_factor_wanted(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 21 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_login_second_factor(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 22 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_sound(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 25 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn has_voice(&self) -> bool {
            if self.reader.get_data_field::<u16>(0) != 26 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn which(self) -> ::core::result::Result<WhichReader<'a,>, ::capnp::NotInSchema> {
            match self.reader.get_data_field::<u16>(0) {
                0 => {
                    ::core::result::Result::Ok(LoginMethods(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                1 => {
                    ::core::result::Result::Ok(LoginStart(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                2 => {
                    ::core::result::Result::Ok(LoginShare(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                3 => {
                    ::core::result::Result::Ok(LoginConfirm(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                4 => {
                    ::core::result::Result::Ok(LoginAccepted(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                5 => {
                    ::core::result::Result::Ok(LoginRefused(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                6 => {
                    ::core::result::Result::Ok(Permissions(
                        self.reader.get_data_field::<u32>(1)
                    ))
                }
                7 => {
                    ::core::result::Result::Ok(Displays(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                8 => {
                    ::core::result::Result::Ok(Watch(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                9 => {
                    ::core::result::Result::Ok(Resync(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                10 => {
                    ::core::result::Result::Ok(FrameDone(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                11 => {
                    ::core::result::Result::Ok(Ping(
                        self.reader.get_data_field::<u64>(1)
                    ))
                }
                12 => {
                    ::core::result::Result::Ok(Pong(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                13 => {
                    ::core::result::Result::Ok(Statistics(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                14 => {
                    ::core::result::Result::Ok(Path(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                15 => {
                    ::core::result::Result::Ok(Goodbye(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                16 => {
                    ::core::result::Result::Ok(Input(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                17 => {
                    ::core::result::Result::Ok(CursorShape(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                18 => {
                    ::core::result::Result::Ok(CursorCached(
                        self.reader.get_data_field::<u64>(1)
                    ))
                }
                19 => {
                    ::core::result::Result::Ok(CursorPosition(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                20 => {
                    ::core::result::Result::Ok(Clipboard(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                21 => {
                    ::core::result::Result::Ok(LoginSecondFactorWanted(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                22 => {
                    ::core::result::Result::Ok(LoginSecondFactor(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                23 => {
                    ::core::result::Result::Ok(VideoCodecs(
                        self.reader.get_data_field::<u32>(1)
                    ))
                }
                24 => {
                    ::core::result::Result::Ok(Recording(
                        self.reader.get_bool_field(32)
                    ))
                }
                25 => {
                    ::core::result::Result::Ok(Sound(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                26 => {
                    ::core::result::Result::Ok(Voice(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                x => ::core::result::Result::Err(::capnp::NotInSchema(x))
            }
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 1 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn set_login_methods(&mut self, value: crate::generated::session_capnp::login_methods::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 0);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_login_methods(self, ) -> crate::generated::session_capnp::login_methods::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 0);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_login_methods(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 0 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_login_start(&mut self, value: crate::generated::session_capnp::login_start::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 1);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_login_start(self, ) -> crate::generated::session_capnp::login_start::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 1);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_login_start(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 1 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_login_share(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.set_data_field::<u16>(0, 2);
            self.builder.reborrow().get_pointer_field(0).set_data(value);
        }
        #[inline]
        pub fn init_login_share(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 2);
            self.builder.get_pointer_field(0).init_data(size)
        }
        #[inline]
        pub fn has_login_share(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 2 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_login_confirm(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.set_data_field::<u16>(0, 3);
            self.builder.reborrow().get_pointer_field(0).set_data(value);
        }
        #[inline]
        pub fn init_login_confirm(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 3);
            self.builder.get_pointer_field(0).init_data(size)
        }
        #[inline]
        pub fn has_login_confirm(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 3 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_login_accepted(&mut self, value: crate::generated::session_capnp::login_accepted::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 4);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_login_accepted(self, ) -> crate::generated::session_capnp::login_accepted::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 4);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_login_accepted(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 4 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_login_refused(&mut self, value: crate::generated::session_capnp::login_refused::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 5);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_login_refused(self, ) -> crate::generated::session_capnp::login_refused::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 5);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_login_refused(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 5 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_permissions(&mut self, value: u32)  {
            self.builder.set_data_field::<u16>(0, 6);
            self.builder.set_data_field::<u32>(1, value);
        }
        #[inline]
        pub fn set_displays(&mut self, value: ::capnp::struct_list::Reader<'_,crate::generated::session_capnp::display::Owned>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 7);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_displays(self, size: u32) -> ::capnp::struct_list::Builder<'a,crate::generated::session_capnp::display::Owned> {
            self.builder.set_data_field::<u16>(0, 7);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), size)
        }
        #[inline]
        pub fn has_displays(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 7 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_watch(&mut self, value: impl ::capnp::traits::SetterInput<::capnp::primitive_list::Owned<u32>>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 8);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_watch(self, size: u32) -> ::capnp::primitive_list::Builder<'a,u32> {
            self.builder.set_data_field::<u16>(0, 8);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), size)
        }
        #[inline]
        pub fn has_watch(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 8 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_resync(&mut self, value: crate::generated::session_capnp::resync::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 9);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_resync(self, ) -> crate::generated::session_capnp::resync::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 9);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_resync(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 9 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_frame_done(&mut self, value: crate::generated::session_capnp::frame_done::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 10);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_frame_done(self, ) -> crate::generated::session_capnp::frame_done::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 10);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_frame_done(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 10 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_ping(&mut self, value: u64)  {
            self.builder.set_data_field::<u16>(0, 11);
            self.builder.set_data_field::<u64>(1, value);
        }
        #[inline]
        pub fn set_pong(&mut self, value: crate::generated::session_capnp::pong::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 12);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_pong(self, ) -> crate::generated::session_capnp::pong::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 12);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_pong(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 12 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_statistics(&mut self, value: crate::generated::session_capnp::statistics::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 13);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_statistics(self, ) -> crate::generated::session_capnp::statistics::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 13);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_statistics(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 13 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_path(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.set_data_field::<u16>(0, 14);
            self.builder.reborrow().get_pointer_field(0).set_data(value);
        }
        #[inline]
        pub fn init_path(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 14);
            self.builder.get_pointer_field(0).init_data(size)
        }
        #[inline]
        pub fn has_path(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 14 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_goodbye(&mut self, value: impl ::capnp::traits::SetterInput<::capnp::text::Owned>)  {
            self.builder.set_data_field::<u16>(0, 15);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false).unwrap()
        }
        #[inline]
        pub fn init_goodbye(self, size: u32) -> ::capnp::text::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 15);
            self.builder.get_pointer_field(0).init_text(size)
        }
        #[inline]
        pub fn has_goodbye(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 15 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_input(&mut self, value: ::capnp::struct_list::Reader<'_,crate::generated::session_capnp::input_event::Owned>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 16);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_input(self, size: u32) -> ::capnp::struct_list::Builder<'a,crate::generated::session_capnp::input_event::Owned> {
            self.builder.set_data_field::<u16>(0, 16);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), size)
        }
        #[inline]
        pub fn has_input(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 16 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_cursor_shape(&mut self, value: crate::generated::session_capnp::cursor_shape::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 17);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_cursor_shape(self, ) -> crate::generated::session_capnp::cursor_shape::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 17);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_cursor_shape(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 17 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_cursor_cached(&mut self, value: u64)  {
            self.builder.set_data_field::<u16>(0, 18);
            self.builder.set_data_field::<u64>(1, value);
        }
        #[inline]
        pub fn set_cursor_position(&mut self, value: crate::generated::session_capnp::cursor_position::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 19);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_cursor_position(self, ) -> crate::generated::session_capnp::cursor_position::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 19);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_cursor_position(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 19 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_clipboard(&mut self, value: impl ::capnp::traits::SetterInput<::capnp::text::Owned>)  {
            self.builder.set_data_field::<u16>(0, 20);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false).unwrap()
        }
        #[inline]
        pub fn init_clipboard(self, size: u32) -> ::capnp::text::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 20);
            self.builder.get_pointer_field(0).init_text(size)
        }
        #[inline]
        pub fn has_clipboard(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 20 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_login_second_factor_wanted(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.set_data_field::<u16>(0, 21);
            self.builder.reborrow().get_pointer_field(0).set_data(value);
        }
        #[inline]
        pub fn init_login_second_factor_wanted(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 21);
            self.builder.get_pointer_field(0).init_data(size)
        }
        #[inline]
        pub fn has_login_second_factor_wanted(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 21 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_login_second_factor(&mut self, value: crate::generated::session_capnp::second_factor::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 22);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_login_second_factor(self, ) -> crate::generated::session_capnp::second_factor::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 22);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_login_second_factor(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 22 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_video_codecs(&mut self, value: u32)  {
            self.builder.set_data_field::<u16>(0, 23);
            self.builder.set_data_field::<u32>(1, value);
        }
        #[inline]
        pub fn set_recording(&mut self, value: bool)  {
            self.builder.set_data_field::<u16>(0, 24);
            self.builder.set_bool_field(32, value);
        }
        #[inline]
        pub fn set_sound(&mut self, value: crate::generated::session_capnp::sound_wish::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 25);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_sound(self, ) -> crate::generated::session_capnp::sound_wish::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 25);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_sound(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 25 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn set_voice(&mut self, value: crate::generated::session_capnp::sound_wish::Reader<'_>) -> ::capnp::Result<()> {
            self.builder.set_data_field::<u16>(0, 26);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_voice(self, ) -> crate::generated::session_capnp::sound_wish::Builder<'a> {
            self.builder.set_data_field::<u16>(0, 26);
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), 0)
        }
        #[inline]
        pub fn has_voice(&self) -> bool {
            if self.builder.get_data_field::<u16>(0) != 26 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn which(self) -> ::core::result::Result<WhichBuilder<'a,>, ::capnp::NotInSchema> {
            match self.builder.get_data_field::<u16>(0) {
                0 => {
                    ::core::result::Result::Ok(LoginMethods(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                1 => {
                    ::core::result::Result::Ok(LoginStart(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                2 => {
                    ::core::result::Result::Ok(LoginShare(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                3 => {
                    ::core::result::Result::Ok(LoginConfirm(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                4 => {
                    ::core::result::Result::Ok(LoginAccepted(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                5 => {
                    ::core::result::Result::Ok(LoginRefused(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                6 => {
                    ::core::result::Result::Ok(Permissions(
                        self.builder.get_data_field::<u32>(1)
                    ))
                }
                7 => {
                    ::core::result::Result::Ok(Displays(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                8 => {
                    ::core::result::Result::Ok(Watch(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                9 => {
                    ::core::result::Result::Ok(Resync(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                10 => {
                    ::core::result::Result::Ok(FrameDone(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                11 => {
                    ::core::result::Result::Ok(Ping(
                        self.builder.get_data_field::<u64>(1)
                    ))
                }
                12 => {
                    ::core::result::Result::Ok(Pong(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                13 => {
                    ::core::result::Result::Ok(Statistics(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                14 => {
                    ::core::result::Result::Ok(Path(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                15 => {
                    ::core::result::Result::Ok(Goodbye(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                16 => {
                    ::core::result::Result::Ok(Input(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                17 => {
                    ::core::result::Result::Ok(CursorShape(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                18 => {
                    ::core::result::Result::Ok(CursorCached(
                        self.builder.get_data_field::<u64>(1)
                    ))
                }
                19 => {
                    ::core::result::Result::Ok(CursorPosition(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                20 => {
                    ::core::result::Result::Ok(Clipboard(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                21 => {
                    ::core::result::Result::Ok(LoginSecondFactorWanted(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                22 => {
                    ::core::result::Result::Ok(LoginSecondFactor(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                23 => {
                    ::core::result::Result::Ok(VideoCodecs(
                        self.builder.get_data_field::<u32>(1)
                    ))
                }
                24 => {
                    ::core::result::Result::Ok(Recording(
                        self.builder.get_bool_field(32)
                    ))
                }
                25 => {
                    ::core::result::Result::Ok(Sound(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                26 => {
                    ::core::result::Result::Ok(Voice(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                x => ::core::result::Result::Err(::capnp::NotInSchema(x))
            }
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 1245] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(86, 19, 30, 53, 90, 204, 180, 183),
            ::capnp::word(14, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(1, 0, 7, 0, 0, 0, 27, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 234, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 239, 5, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 83, 101),
            ::capnp::word(115, 115, 105, 111, 110, 77, 101, 115),
            ::capnp::word(115, 97, 103, 101, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(108, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 255, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(229, 2, 0, 0, 106, 0, 0, 0),
            ::capnp::word(233, 2, 0, 0, 103, 0, 0, 0),
            ::capnp::word(88, 3, 0, 0, 3, 0, 1, 0),
            ::capnp::word(100, 3, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 254, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(97, 3, 0, 0, 90, 0, 0, 0),
            ::capnp::word(101, 3, 0, 0, 103, 0, 0, 0),
            ::capnp::word(212, 3, 0, 0, 3, 0, 1, 0),
            ::capnp::word(224, 3, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 253, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(221, 3, 0, 0, 90, 0, 0, 0),
            ::capnp::word(225, 3, 0, 0, 103, 0, 0, 0),
            ::capnp::word(80, 4, 0, 0, 3, 0, 1, 0),
            ::capnp::word(92, 4, 0, 0, 2, 0, 1, 0),
            ::capnp::word(3, 0, 252, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(89, 4, 0, 0, 106, 0, 0, 0),
            ::capnp::word(93, 4, 0, 0, 103, 0, 0, 0),
            ::capnp::word(204, 4, 0, 0, 3, 0, 1, 0),
            ::capnp::word(216, 4, 0, 0, 2, 0, 1, 0),
            ::capnp::word(4, 0, 251, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 4, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(213, 4, 0, 0, 114, 0, 0, 0),
            ::capnp::word(217, 4, 0, 0, 103, 0, 0, 0),
            ::capnp::word(72, 5, 0, 0, 3, 0, 1, 0),
            ::capnp::word(84, 5, 0, 0, 2, 0, 1, 0),
            ::capnp::word(5, 0, 250, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 5, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(81, 5, 0, 0, 106, 0, 0, 0),
            ::capnp::word(85, 5, 0, 0, 103, 0, 0, 0),
            ::capnp::word(196, 5, 0, 0, 3, 0, 1, 0),
            ::capnp::word(208, 5, 0, 0, 2, 0, 1, 0),
            ::capnp::word(6, 0, 249, 255, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 6, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(205, 5, 0, 0, 98, 0, 0, 0),
            ::capnp::word(209, 5, 0, 0, 103, 0, 0, 0),
            ::capnp::word(64, 6, 0, 0, 3, 0, 1, 0),
            ::capnp::word(76, 6, 0, 0, 2, 0, 1, 0),
            ::capnp::word(7, 0, 248, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(73, 6, 0, 0, 74, 0, 0, 0),
            ::capnp::word(77, 6, 0, 0, 103, 0, 0, 0),
            ::capnp::word(188, 6, 0, 0, 3, 0, 1, 0),
            ::capnp::word(216, 6, 0, 0, 2, 0, 1, 0),
            ::capnp::word(8, 0, 247, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 8, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(213, 6, 0, 0, 50, 0, 0, 0),
            ::capnp::word(213, 6, 0, 0, 103, 0, 0, 0),
            ::capnp::word(68, 7, 0, 0, 3, 0, 1, 0),
            ::capnp::word(96, 7, 0, 0, 2, 0, 1, 0),
            ::capnp::word(9, 0, 246, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 9, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(93, 7, 0, 0, 58, 0, 0, 0),
            ::capnp::word(93, 7, 0, 0, 103, 0, 0, 0),
            ::capnp::word(204, 7, 0, 0, 3, 0, 1, 0),
            ::capnp::word(216, 7, 0, 0, 2, 0, 1, 0),
            ::capnp::word(10, 0, 245, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 10, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(213, 7, 0, 0, 82, 0, 0, 0),
            ::capnp::word(217, 7, 0, 0, 103, 0, 0, 0),
            ::capnp::word(72, 8, 0, 0, 3, 0, 1, 0),
            ::capnp::word(84, 8, 0, 0, 2, 0, 1, 0),
            ::capnp::word(11, 0, 244, 255, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 11, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(81, 8, 0, 0, 42, 0, 0, 0),
            ::capnp::word(81, 8, 0, 0, 103, 0, 0, 0),
            ::capnp::word(192, 8, 0, 0, 3, 0, 1, 0),
            ::capnp::word(204, 8, 0, 0, 2, 0, 1, 0),
            ::capnp::word(12, 0, 243, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 12, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(201, 8, 0, 0, 42, 0, 0, 0),
            ::capnp::word(201, 8, 0, 0, 103, 0, 0, 0),
            ::capnp::word(56, 9, 0, 0, 3, 0, 1, 0),
            ::capnp::word(68, 9, 0, 0, 2, 0, 1, 0),
            ::capnp::word(13, 0, 242, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 13, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(65, 9, 0, 0, 90, 0, 0, 0),
            ::capnp::word(69, 9, 0, 0, 103, 0, 0, 0),
            ::capnp::word(180, 9, 0, 0, 3, 0, 1, 0),
            ::capnp::word(192, 9, 0, 0, 2, 0, 1, 0),
            ::capnp::word(14, 0, 241, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 14, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(189, 9, 0, 0, 42, 0, 0, 0),
            ::capnp::word(189, 9, 0, 0, 103, 0, 0, 0),
            ::capnp::word(44, 10, 0, 0, 3, 0, 1, 0),
            ::capnp::word(56, 10, 0, 0, 2, 0, 1, 0),
            ::capnp::word(15, 0, 240, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 15, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(53, 10, 0, 0, 66, 0, 0, 0),
            ::capnp::word(53, 10, 0, 0, 103, 0, 0, 0),
            ::capnp::word(164, 10, 0, 0, 3, 0, 1, 0),
            ::capnp::word(176, 10, 0, 0, 2, 0, 1, 0),
            ::capnp::word(16, 0, 239, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 16, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(173, 10, 0, 0, 50, 0, 0, 0),
            ::capnp::word(173, 10, 0, 0, 103, 0, 0, 0),
            ::capnp::word(28, 11, 0, 0, 3, 0, 1, 0),
            ::capnp::word(56, 11, 0, 0, 2, 0, 1, 0),
            ::capnp::word(17, 0, 238, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 17, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(53, 11, 0, 0, 98, 0, 0, 0),
            ::capnp::word(57, 11, 0, 0, 103, 0, 0, 0),
            ::capnp::word(168, 11, 0, 0, 3, 0, 1, 0),
            ::capnp::word(180, 11, 0, 0, 2, 0, 1, 0),
            ::capnp::word(18, 0, 237, 255, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 18, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(177, 11, 0, 0, 106, 0, 0, 0),
            ::capnp::word(181, 11, 0, 0, 103, 0, 0, 0),
            ::capnp::word(36, 12, 0, 0, 3, 0, 1, 0),
            ::capnp::word(48, 12, 0, 0, 2, 0, 1, 0),
            ::capnp::word(19, 0, 236, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 19, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(45, 12, 0, 0, 122, 0, 0, 0),
            ::capnp::word(49, 12, 0, 0, 103, 0, 0, 0),
            ::capnp::word(160, 12, 0, 0, 3, 0, 1, 0),
            ::capnp::word(172, 12, 0, 0, 2, 0, 1, 0),
            ::capnp::word(20, 0, 235, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 20, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(169, 12, 0, 0, 82, 0, 0, 0),
            ::capnp::word(173, 12, 0, 0, 127, 0, 0, 0),
            ::capnp::word(56, 13, 0, 0, 3, 0, 1, 0),
            ::capnp::word(68, 13, 0, 0, 2, 0, 1, 0),
            ::capnp::word(21, 0, 234, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 21, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(65, 13, 0, 0, 194, 0, 0, 0),
            ::capnp::word(73, 13, 0, 0, 103, 0, 0, 0),
            ::capnp::word(184, 13, 0, 0, 3, 0, 1, 0),
            ::capnp::word(196, 13, 0, 0, 2, 0, 1, 0),
            ::capnp::word(22, 0, 233, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 22, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(193, 13, 0, 0, 146, 0, 0, 0),
            ::capnp::word(201, 13, 0, 0, 103, 0, 0, 0),
            ::capnp::word(56, 14, 0, 0, 3, 0, 1, 0),
            ::capnp::word(68, 14, 0, 0, 2, 0, 1, 0),
            ::capnp::word(23, 0, 232, 255, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 23, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(65, 14, 0, 0, 98, 0, 0, 0),
            ::capnp::word(69, 14, 0, 0, 103, 0, 0, 0),
            ::capnp::word(180, 14, 0, 0, 3, 0, 1, 0),
            ::capnp::word(192, 14, 0, 0, 2, 0, 1, 0),
            ::capnp::word(24, 0, 231, 255, 32, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 24, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(189, 14, 0, 0, 82, 0, 0, 0),
            ::capnp::word(193, 14, 0, 0, 103, 0, 0, 0),
            ::capnp::word(48, 15, 0, 0, 3, 0, 1, 0),
            ::capnp::word(60, 15, 0, 0, 2, 0, 1, 0),
            ::capnp::word(25, 0, 230, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 25, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(57, 15, 0, 0, 50, 0, 0, 0),
            ::capnp::word(57, 15, 0, 0, 103, 0, 0, 0),
            ::capnp::word(168, 15, 0, 0, 3, 0, 1, 0),
            ::capnp::word(180, 15, 0, 0, 2, 0, 1, 0),
            ::capnp::word(26, 0, 229, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 26, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(177, 15, 0, 0, 50, 0, 0, 0),
            ::capnp::word(177, 15, 0, 0, 103, 0, 0, 0),
            ::capnp::word(32, 16, 0, 0, 3, 0, 1, 0),
            ::capnp::word(44, 16, 0, 0, 2, 0, 1, 0),
            ::capnp::word(108, 111, 103, 105, 110, 77, 101, 116),
            ::capnp::word(104, 111, 100, 115, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(200, 154, 89, 117, 40, 157, 169, 148),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 111, 103, 105, 110, 83, 116, 97),
            ::capnp::word(114, 116, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(36, 139, 21, 12, 252, 127, 106, 141),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 111, 103, 105, 110, 83, 104, 97),
            ::capnp::word(114, 101, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 111, 103, 105, 110, 67, 111, 110),
            ::capnp::word(102, 105, 114, 109, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 111, 103, 105, 110, 65, 99, 99),
            ::capnp::word(101, 112, 116, 101, 100, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(57, 156, 233, 127, 166, 240, 94, 128),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 111, 103, 105, 110, 82, 101, 102),
            ::capnp::word(117, 115, 101, 100, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(170, 131, 244, 57, 23, 65, 103, 209),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 101, 114, 109, 105, 115, 115, 105),
            ::capnp::word(111, 110, 115, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(100, 105, 115, 112, 108, 97, 121, 115),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(159, 226, 0, 41, 226, 66, 58, 138),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(119, 97, 116, 99, 104, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(114, 101, 115, 121, 110, 99, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 158, 166, 234, 168, 55, 74, 147),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(102, 114, 97, 109, 101, 68, 111, 110),
            ::capnp::word(101, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(33, 124, 1, 65, 224, 193, 157, 240),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 105, 110, 103, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 111, 110, 103, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(188, 99, 171, 205, 92, 114, 242, 224),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 116, 97, 116, 105, 115, 116, 105),
            ::capnp::word(99, 115, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(59, 78, 78, 244, 15, 162, 16, 189),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 97, 116, 104, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(103, 111, 111, 100, 98, 121, 101, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(105, 110, 112, 117, 116, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(200, 164, 19, 12, 138, 122, 43, 132),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(99, 117, 114, 115, 111, 114, 83, 104),
            ::capnp::word(97, 112, 101, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 3, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(111, 74, 194, 109, 36, 39, 152, 250),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(99, 117, 114, 115, 111, 114, 67, 97),
            ::capnp::word(99, 104, 101, 100, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 3, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(99, 117, 114, 115, 111, 114, 80, 111),
            ::capnp::word(115, 105, 116, 105, 111, 110, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 3, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(189, 244, 147, 239, 207, 184, 10, 245),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(99, 108, 105, 112, 98, 111, 97, 114),
            ::capnp::word(100, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(20, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(56, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(64, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(60, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(68, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(64, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(72, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(181, 150, 39, 71, 62, 172, 142, 133),
            ::capnp::word(68, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(76, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 4, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 3, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 111, 103, 105, 110, 83, 101, 99),
            ::capnp::word(111, 110, 100, 70, 97, 99, 116, 111),
            ::capnp::word(114, 87, 97, 110, 116, 101, 100, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 111, 103, 105, 110, 83, 101, 99),
            ::capnp::word(111, 110, 100, 70, 97, 99, 116, 111),
            ::capnp::word(114, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 14, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(190, 135, 54, 124, 87, 188, 146, 136),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(118, 105, 100, 101, 111, 67, 111, 100),
            ::capnp::word(101, 99, 115, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(114, 101, 99, 111, 114, 100, 105, 110),
            ::capnp::word(103, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 11, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 111, 117, 110, 100, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 4, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(126, 187, 79, 146, 116, 22, 142, 213),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(118, 111, 105, 99, 101, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(147, 16, 103, 74, 163, 84, 43, 172),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(53, 155, 112, 184, 160, 237, 10, 153),
            ::capnp::word(44, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(218, 77, 180, 219, 27, 177, 31, 255),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(56, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(99, 92, 231, 250, 228, 37, 233, 235),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 0, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 2, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 13, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(126, 187, 79, 146, 116, 22, 142, 213),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(16, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <crate::generated::session_capnp::login_methods::Owned as ::capnp::introspect::Introspect>::introspect(),
                1 => <crate::generated::session_capnp::login_start::Owned as ::capnp::introspect::Introspect>::introspect(),
                2 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                3 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                4 => <crate::generated::session_capnp::login_accepted::Owned as ::capnp::introspect::Introspect>::introspect(),
                5 => <crate::generated::session_capnp::login_refused::Owned as ::capnp::introspect::Introspect>::introspect(),
                6 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                7 => <::capnp::struct_list::Owned<crate::generated::session_capnp::display::Owned> as ::capnp::introspect::Introspect>::introspect(),
                8 => <::capnp::primitive_list::Owned<u32> as ::capnp::introspect::Introspect>::introspect(),
                9 => <crate::generated::session_capnp::resync::Owned as ::capnp::introspect::Introspect>::introspect(),
                10 => <crate::generated::session_capnp::frame_done::Owned as ::capnp::introspect::Introspect>::introspect(),
                11 => <u64 as ::capnp::introspect::Introspect>::introspect(),
                12 => <crate::generated::session_capnp::pong::Owned as ::capnp::introspect::Introspect>::introspect(),
                13 => <crate::generated::session_capnp::statistics::Owned as ::capnp::introspect::Introspect>::introspect(),
                14 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                15 => <::capnp::text::Owned as ::capnp::introspect::Introspect>::introspect(),
                16 => <::capnp::struct_list::Owned<crate::generated::session_capnp::input_event::Owned> as ::capnp::introspect::Introspect>::introspect(),
                17 => <crate::generated::session_capnp::cursor_shape::Owned as ::capnp::introspect::Introspect>::introspect(),
                18 => <u64 as ::capnp::introspect::Introspect>::introspect(),
                19 => <crate::generated::session_capnp::cursor_position::Owned as ::capnp::introspect::Introspect>::introspect(),
                20 => <::capnp::text::Owned as ::capnp::introspect::Introspect>::introspect(),
                21 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                22 => <crate::generated::session_capnp::second_factor::Owned as ::capnp::introspect::Introspect>::introspect(),
                23 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                24 => <bool as ::capnp::introspect::Introspect>::introspect(),
                25 => <crate::generated::session_capnp::sound_wish::Owned as ::capnp::introspect::Introspect>::introspect(),
                26 => <crate::generated::session_capnp::sound_wish::Owned as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
                match (child_index, index) {
                    (Some(0), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(0), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(0), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(0), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(1), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(1), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(1), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(1), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(2), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(2), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(2), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(2), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(3), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(3), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(3), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(3), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(4), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(4), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(4), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(4), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(5), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(5), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(5), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(5), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(6), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(6), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(6), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(6), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(7), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(7), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(7), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(7), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(8), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(8), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(8), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(8), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(9), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(9), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(9), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(9), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(10), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(10), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(10), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(10), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(11), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(11), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(11), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(11), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(12), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(12), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(12), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(12), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(13), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(13), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(13), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(13), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(14), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(14), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(14), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(14), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(15), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(15), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(15), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(15), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(16), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(16), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(16), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(16), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(17), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(17), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(17), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(17), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(18), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(18), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(18), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(18), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(19), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(19), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(19), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(19), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(20), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(20), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(20), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(20), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(20), 4) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(21), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(21), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(21), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(21), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(22), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(22), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(22), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(22), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(23), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(23), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(23), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(23), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(24), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(24), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(24), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(24), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(25), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(25), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(25), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(25), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    (Some(26), 0) => <crate::generated::session_capnp::Channel as ::capnp::introspect::Introspect>::introspect(),
                    (Some(26), 1) => <crate::generated::session_capnp::Side as ::capnp::introspect::Introspect>::introspect(),
                    (Some(26), 2) => <crate::generated::session_capnp::Phase as ::capnp::introspect::Introspect>::introspect(),
                    (Some(26), 3) => <crate::generated::session_capnp::Permission as ::capnp::introspect::Introspect>::introspect(),
                    _ => ::capnp::introspect::panic_invalid_annotation_indices(child_index, index),
                }
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[20,18,19,17,7,10,15,16,4,3,0,5,22,21,2,1,14,6,11,12,24,9,25,13,23,26,8];
        pub(crate) const TYPE_ID: u64 = 0xb7b4_cc5a_351e_1356;
    }
    pub enum Which<A0,A1,A2,A3,A4,A5,A6,A7,A8,A9,A10,A11,A12,A13,A14,A15,A16,A17,A18,A19,A20,A21> {
        LoginMethods(A0),
        LoginStart(A1),
        LoginShare(A2),
        LoginConfirm(A3),
        LoginAccepted(A4),
        LoginRefused(A5),
        Permissions(u32),
        Displays(A6),
        Watch(A7),
        Resync(A8),
        FrameDone(A9),
        Ping(u64),
        Pong(A10),
        Statistics(A11),
        Path(A12),
        Goodbye(A13),
        Input(A14),
        CursorShape(A15),
        CursorCached(u64),
        CursorPosition(A16),
        Clipboard(A17),
        LoginSecondFactorWanted(A18),
        LoginSecondFactor(A19),
        VideoCodecs(u32),
        Recording(bool),
        Sound(A20),
        Voice(A21),
    }
    pub type WhichReader<'a,> = Which<::capnp::Result<crate::generated::session_capnp::login_methods::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::login_start::Reader<'a>>,::capnp::Result<::capnp::data::Reader<'a>>,::capnp::Result<::capnp::data::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::login_accepted::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::login_refused::Reader<'a>>,::capnp::Result<::capnp::struct_list::Reader<'a,crate::generated::session_capnp::display::Owned>>,::capnp::Result<::capnp::primitive_list::Reader<'a,u32>>,::capnp::Result<crate::generated::session_capnp::resync::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::frame_done::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::pong::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::statistics::Reader<'a>>,::capnp::Result<::capnp::data::Reader<'a>>,::capnp::Result<::capnp::text::Reader<'a>>,::capnp::Result<::capnp::struct_list::Reader<'a,crate::generated::session_capnp::input_event::Owned>>,::capnp::Result<crate::generated::session_capnp::cursor_shape::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::cursor_position::Reader<'a>>,::capnp::Result<::capnp::text::Reader<'a>>,::capnp::Result<::capnp::data::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::second_factor::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::sound_wish::Reader<'a>>,::capnp::Result<crate::generated::session_capnp::sound_wish::Reader<'a>>>;
    pub type WhichBuilder<'a,> = Which<::capnp::Result<crate::generated::session_capnp::login_methods::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::login_start::Builder<'a>>,::capnp::Result<::capnp::data::Builder<'a>>,::capnp::Result<::capnp::data::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::login_accepted::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::login_refused::Builder<'a>>,::capnp::Result<::capnp::struct_list::Builder<'a,crate::generated::session_capnp::display::Owned>>,::capnp::Result<::capnp::primitive_list::Builder<'a,u32>>,::capnp::Result<crate::generated::session_capnp::resync::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::frame_done::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::pong::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::statistics::Builder<'a>>,::capnp::Result<::capnp::data::Builder<'a>>,::capnp::Result<::capnp::text::Builder<'a>>,::capnp::Result<::capnp::struct_list::Builder<'a,crate::generated::session_capnp::input_event::Owned>>,::capnp::Result<crate::generated::session_capnp::cursor_shape::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::cursor_position::Builder<'a>>,::capnp::Result<::capnp::text::Builder<'a>>,::capnp::Result<::capnp::data::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::second_factor::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::sound_wish::Builder<'a>>,::capnp::Result<crate::generated::session_capnp::sound_wish::Builder<'a>>>;
}

pub mod sound_wish {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <> Reader<'_,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_wanted(self) -> bool {
            self.reader.get_bool_field(0)
        }
        #[inline]
        pub fn get_copies(self) -> u8 {
            self.reader.get_data_field::<u8>(1)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 1, pointers: 0 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_wanted(self) -> bool {
            self.builder.get_bool_field(0)
        }
        #[inline]
        pub fn set_wanted(&mut self, value: bool)  {
            self.builder.set_bool_field(0, value);
        }
        #[inline]
        pub fn get_copies(self) -> u8 {
            self.builder.get_data_field::<u8>(1)
        }
        #[inline]
        pub fn set_copies(&mut self, value: u8)  {
            self.builder.set_data_field::<u8>(1, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 47] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(126, 187, 79, 146, 116, 22, 142, 213),
            ::capnp::word(14, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(0, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 194, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(25, 0, 0, 0, 119, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 83, 111),
            ::capnp::word(117, 110, 100, 87, 105, 115, 104, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(41, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(45, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(119, 97, 110, 116, 101, 100, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(99, 111, 112, 105, 101, 115, 0, 0),
            ::capnp::word(6, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(6, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <bool as ::capnp::introspect::Introspect>::introspect(),
                1 => <u8 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[1,0];
        pub(crate) const TYPE_ID: u64 = 0xd58e_1674_924f_bb7e;
    }
}

pub mod login_methods {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_methods(self) -> ::capnp::Result<::capnp::enum_list::Reader<'a,crate::generated::session_capnp::LoginMethod>> {
            ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn has_methods(&self) -> bool {
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn get_salt(self) -> ::capnp::Result<::capnp::data::Reader<'a>> {
            ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(1), ::core::option::Option::None)
        }
        #[inline]
        pub fn has_salt(&self) -> bool {
            !self.reader.get_pointer_field(1).is_null()
        }
        #[inline]
        pub fn get_memory_kib(self) -> u32 {
            self.reader.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn get_passes(self) -> u32 {
            self.reader.get_data_field::<u32>(1)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 1, pointers: 2 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_methods(self) -> ::capnp::Result<::capnp::enum_list::Builder<'a,crate::generated::session_capnp::LoginMethod>> {
            ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn set_methods(&mut self, value: impl ::capnp::traits::SetterInput<::capnp::enum_list::Owned<crate::generated::session_capnp::LoginMethod>>) -> ::capnp::Result<()> {
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false)
        }
        #[inline]
        pub fn init_methods(self, size: u32) -> ::capnp::enum_list::Builder<'a,crate::generated::session_capnp::LoginMethod> {
            ::capnp::traits::FromPointerBuilder::init_pointer(self.builder.get_pointer_field(0), size)
        }
        #[inline]
        pub fn has_methods(&self) -> bool {
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn get_salt(self) -> ::capnp::Result<::capnp::data::Builder<'a>> {
            ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(1), ::core::option::Option::None)
        }
        #[inline]
        pub fn set_salt(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.reborrow().get_pointer_field(1).set_data(value);
        }
        #[inline]
        pub fn init_salt(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.get_pointer_field(1).init_data(size)
        }
        #[inline]
        pub fn has_salt(&self) -> bool {
            !self.builder.is_pointer_field_null(1)
        }
        #[inline]
        pub fn get_memory_kib(self) -> u32 {
            self.builder.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn set_memory_kib(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(0, value);
        }
        #[inline]
        pub fn get_passes(self) -> u32 {
            self.builder.get_data_field::<u32>(1)
        }
        #[inline]
        pub fn set_passes(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(1, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 83] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(200, 154, 89, 117, 40, 157, 169, 148),
            ::capnp::word(14, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(2, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 218, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 231, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 76, 111),
            ::capnp::word(103, 105, 110, 77, 101, 116, 104, 111),
            ::capnp::word(100, 115, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(16, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(97, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(92, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(120, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(117, 0, 0, 0, 42, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(124, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(121, 0, 0, 0, 82, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(120, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(132, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(3, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(129, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(124, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(136, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(109, 101, 116, 104, 111, 100, 115, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(43, 222, 81, 72, 15, 72, 250, 219),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(14, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 97, 108, 116, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(109, 101, 109, 111, 114, 121, 75, 105),
            ::capnp::word(98, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 97, 115, 115, 101, 115, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <::capnp::enum_list::Owned<crate::generated::session_capnp::LoginMethod> as ::capnp::introspect::Introspect>::introspect(),
                1 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                2 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                3 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2,3];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[2,0,3,1];
        pub(crate) const TYPE_ID: u64 = 0x94a9_9d28_7559_9ac8;
    }
}

#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginMethod {
    OneTimeCode = 0,
    Password = 1,
    Identity = 2,
    Approval = 3,
}

impl ::capnp::introspect::Introspect for LoginMethod {
    fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Enum(::capnp::introspect::RawEnumSchema::new(&login_method::ARENA, login_method::get_annotation_types)).into() }
}
impl ::core::convert::From<LoginMethod> for ::capnp::dynamic_value::Reader<'_> {
    fn from(e: LoginMethod) -> Self { ::capnp::dynamic_value::Enum::new(e.into(), ::capnp::introspect::RawEnumSchema::new(&login_method::ARENA, login_method::get_annotation_types).into()).into() }
}
impl ::core::convert::TryFrom<u16> for LoginMethod {
    type Error = ::capnp::NotInSchema;
    fn try_from(value: u16) -> ::core::result::Result<Self, <LoginMethod as ::core::convert::TryFrom<u16>>::Error> {
        match value {
            0 => ::core::result::Result::Ok(Self::OneTimeCode),
            1 => ::core::result::Result::Ok(Self::Password),
            2 => ::core::result::Result::Ok(Self::Identity),
            3 => ::core::result::Result::Ok(Self::Approval),
            n => ::core::result::Result::Err(::capnp::NotInSchema(n)),
        }
    }
}
impl From<LoginMethod> for u16 {
    #[inline]
    fn from(x: LoginMethod) -> u16 { x as u16 }
}
impl ::capnp::traits::HasTypeId for LoginMethod {
    const TYPE_ID: u64 = 0xdbfa_480f_4851_de2bu64;
}
mod login_method {
pub(crate) static ENCODED_NODE: [::capnp::Word; 38] = [
    ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
    ::capnp::word(43, 222, 81, 72, 15, 72, 250, 219),
    ::capnp::word(14, 0, 0, 0, 2, 0, 0, 0),
    ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 210, 0, 0, 0),
    ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 103, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
    ::capnp::word(99, 97, 112, 110, 112, 58, 76, 111),
    ::capnp::word(103, 105, 110, 77, 101, 116, 104, 111),
    ::capnp::word(100, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
    ::capnp::word(16, 0, 0, 0, 1, 0, 2, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(41, 0, 0, 0, 98, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(37, 0, 0, 0, 74, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(33, 0, 0, 0, 74, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 74, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(111, 110, 101, 84, 105, 109, 101, 67),
    ::capnp::word(111, 100, 101, 0, 0, 0, 0, 0),
    ::capnp::word(112, 97, 115, 115, 119, 111, 114, 100),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(105, 100, 101, 110, 116, 105, 116, 121),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(97, 112, 112, 114, 111, 118, 97, 108),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
];
pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
    ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
}
pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
}

pub mod login_start {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_method(self) -> ::core::result::Result<crate::generated::session_capnp::LoginMethod,::capnp::NotInSchema> {
            ::core::convert::TryFrom::try_from(self.reader.get_data_field::<u16>(0))
        }
        #[inline]
        pub fn get_share(self) -> ::capnp::Result<::capnp::data::Reader<'a>> {
            ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn has_share(&self) -> bool {
            !self.reader.get_pointer_field(0).is_null()
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 1, pointers: 1 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_method(self) -> ::core::result::Result<crate::generated::session_capnp::LoginMethod,::capnp::NotInSchema> {
            ::core::convert::TryFrom::try_from(self.builder.get_data_field::<u16>(0))
        }
        #[inline]
        pub fn set_method(&mut self, value: crate::generated::session_capnp::LoginMethod)  {
            self.builder.set_data_field::<u16>(0, value as u16);
        }
        #[inline]
        pub fn get_share(self) -> ::capnp::Result<::capnp::data::Builder<'a>> {
            ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn set_share(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.reborrow().get_pointer_field(0).set_data(value);
        }
        #[inline]
        pub fn init_share(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.get_pointer_field(0).init_data(size)
        }
        #[inline]
        pub fn has_share(&self) -> bool {
            !self.builder.is_pointer_field_null(0)
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 48] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(36, 139, 21, 12, 252, 127, 106, 141),
            ::capnp::word(14, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(1, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 202, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 119, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 76, 111),
            ::capnp::word(103, 105, 110, 83, 116, 97, 114, 116),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(41, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(45, 0, 0, 0, 50, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(109, 101, 116, 104, 111, 100, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(43, 222, 81, 72, 15, 72, 250, 219),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 104, 97, 114, 101, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <crate::generated::session_capnp::LoginMethod as ::capnp::introspect::Introspect>::introspect(),
                1 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1];
        pub(crate) const TYPE_ID: u64 = 0x8d6a_7ffc_0c15_8b24;
    }
}

pub mod second_factor {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_code(self) -> ::capnp::Result<::capnp::text::Reader<'a>> {
            ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn has_code(&self) -> bool {
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn get_trust(self) -> bool {
            self.reader.get_bool_field(0)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 1, pointers: 1 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_code(self) -> ::capnp::Result<::capnp::text::Builder<'a>> {
            ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn set_code(&mut self, value: impl ::capnp::traits::SetterInput<::capnp::text::Owned>)  {
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false).unwrap()
        }
        #[inline]
        pub fn init_code(self, size: u32) -> ::capnp::text::Builder<'a> {
            self.builder.get_pointer_field(0).init_text(size)
        }
        #[inline]
        pub fn has_code(&self) -> bool {
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn get_trust(self) -> bool {
            self.builder.get_bool_field(0)
        }
        #[inline]
        pub fn set_trust(&mut self, value: bool)  {
            self.builder.set_bool_field(0, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 48] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(190, 135, 54, 124, 87, 188, 146, 136),
            ::capnp::word(14, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(1, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 218, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 119, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 83, 101),
            ::capnp::word(99, 111, 110, 100, 70, 97, 99, 116),
            ::capnp::word(111, 114, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(41, 0, 0, 0, 42, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(45, 0, 0, 0, 50, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(99, 111, 100, 101, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(116, 114, 117, 115, 116, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <::capnp::text::Owned as ::capnp::introspect::Introspect>::introspect(),
                1 => <bool as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1];
        pub(crate) const TYPE_ID: u64 = 0x8892_bc57_7c36_87be;
    }
}

pub mod login_accepted {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_tag(self) -> ::capnp::Result<::capnp::data::Reader<'a>> {
            ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn has_tag(&self) -> bool {
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn get_granted(self) -> u32 {
            self.reader.get_data_field::<u32>(0)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 1, pointers: 1 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_tag(self) -> ::capnp::Result<::capnp::data::Builder<'a>> {
            ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn set_tag(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.reborrow().get_pointer_field(0).set_data(value);
        }
        #[inline]
        pub fn init_tag(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.get_pointer_field(0).init_data(size)
        }
        #[inline]
        pub fn has_tag(&self) -> bool {
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn get_granted(self) -> u32 {
            self.builder.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn set_granted(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(0, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 48] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(57, 156, 233, 127, 166, 240, 94, 128),
            ::capnp::word(14, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(1, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 226, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 119, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 76, 111),
            ::capnp::word(103, 105, 110, 65, 99, 99, 101, 112),
            ::capnp::word(116, 101, 100, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(41, 0, 0, 0, 34, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(45, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(116, 97, 103, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(103, 114, 97, 110, 116, 101, 100, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                1 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[1,0];
        pub(crate) const TYPE_ID: u64 = 0x805e_f0a6_7fe9_9c39;
    }
}

#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginRefusal {
    WrongSecret = 0,
    TryLater = 1,
    Locked = 2,
    NotOffered = 3,
    Denied = 4,
}

impl ::capnp::introspect::Introspect for LoginRefusal {
    fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Enum(::capnp::introspect::RawEnumSchema::new(&login_refusal::ARENA, login_refusal::get_annotation_types)).into() }
}
impl ::core::convert::From<LoginRefusal> for ::capnp::dynamic_value::Reader<'_> {
    fn from(e: LoginRefusal) -> Self { ::capnp::dynamic_value::Enum::new(e.into(), ::capnp::introspect::RawEnumSchema::new(&login_refusal::ARENA, login_refusal::get_annotation_types).into()).into() }
}
impl ::core::convert::TryFrom<u16> for LoginRefusal {
    type Error = ::capnp::NotInSchema;
    fn try_from(value: u16) -> ::core::result::Result<Self, <LoginRefusal as ::core::convert::TryFrom<u16>>::Error> {
        match value {
            0 => ::core::result::Result::Ok(Self::WrongSecret),
            1 => ::core::result::Result::Ok(Self::TryLater),
            2 => ::core::result::Result::Ok(Self::Locked),
            3 => ::core::result::Result::Ok(Self::NotOffered),
            4 => ::core::result::Result::Ok(Self::Denied),
            n => ::core::result::Result::Err(::capnp::NotInSchema(n)),
        }
    }
}
impl From<LoginRefusal> for u16 {
    #[inline]
    fn from(x: LoginRefusal) -> u16 { x as u16 }
}
impl ::capnp::traits::HasTypeId for LoginRefusal {
    const TYPE_ID: u64 = 0x90ea_2d57_65a5_9edau64;
}
mod login_refusal {
pub(crate) static ENCODED_NODE: [::capnp::Word; 41] = [
    ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
    ::capnp::word(218, 158, 165, 101, 87, 45, 234, 144),
    ::capnp::word(14, 0, 0, 0, 2, 0, 0, 0),
    ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 218, 0, 0, 0),
    ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 127, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
    ::capnp::word(99, 97, 112, 110, 112, 58, 76, 111),
    ::capnp::word(103, 105, 110, 82, 101, 102, 117, 115),
    ::capnp::word(97, 108, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
    ::capnp::word(20, 0, 0, 0, 1, 0, 2, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(53, 0, 0, 0, 98, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(49, 0, 0, 0, 74, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(45, 0, 0, 0, 58, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(37, 0, 0, 0, 90, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(33, 0, 0, 0, 58, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(119, 114, 111, 110, 103, 83, 101, 99),
    ::capnp::word(114, 101, 116, 0, 0, 0, 0, 0),
    ::capnp::word(116, 114, 121, 76, 97, 116, 101, 114),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(108, 111, 99, 107, 101, 100, 0, 0),
    ::capnp::word(110, 111, 116, 79, 102, 102, 101, 114),
    ::capnp::word(101, 100, 0, 0, 0, 0, 0, 0),
    ::capnp::word(100, 101, 110, 105, 101, 100, 0, 0),
];
pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
    ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
}
pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
}

pub mod login_refused {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <> Reader<'_,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_why(self) -> ::core::result::Result<crate::generated::session_capnp::LoginRefusal,::capnp::NotInSchema> {
            ::core::convert::TryFrom::try_from(self.reader.get_data_field::<u16>(0))
        }
        #[inline]
        pub fn get_waits(self) -> bool {
            self.reader.get_bool_field(16)
        }
        #[inline]
        pub fn get_retry_after_seconds(self) -> u32 {
            self.reader.get_data_field::<u32>(1)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 1, pointers: 0 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_why(self) -> ::core::result::Result<crate::generated::session_capnp::LoginRefusal,::capnp::NotInSchema> {
            ::core::convert::TryFrom::try_from(self.builder.get_data_field::<u16>(0))
        }
        #[inline]
        pub fn set_why(&mut self, value: crate::generated::session_capnp::LoginRefusal)  {
            self.builder.set_data_field::<u16>(0, value as u16);
        }
        #[inline]
        pub fn get_waits(self) -> bool {
            self.builder.get_bool_field(16)
        }
        #[inline]
        pub fn set_waits(&mut self, value: bool)  {
            self.builder.set_bool_field(16, value);
        }
        #[inline]
        pub fn get_retry_after_seconds(self) -> u32 {
            self.builder.get_data_field::<u32>(1)
        }
        #[inline]
        pub fn set_retry_after_seconds(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(1, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 65] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(170, 131, 244, 57, 23, 65, 103, 209),
            ::capnp::word(14, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(0, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 218, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 175, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 76, 111),
            ::capnp::word(103, 105, 110, 82, 101, 102, 117, 115),
            ::capnp::word(101, 100, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(12, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(69, 0, 0, 0, 34, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(64, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(76, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 16, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(73, 0, 0, 0, 50, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(68, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(80, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(77, 0, 0, 0, 146, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(80, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(92, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(119, 104, 121, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(218, 158, 165, 101, 87, 45, 234, 144),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(119, 97, 105, 116, 115, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(114, 101, 116, 114, 121, 65, 102, 116),
            ::capnp::word(101, 114, 83, 101, 99, 111, 110, 100),
            ::capnp::word(115, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <crate::generated::session_capnp::LoginRefusal as ::capnp::introspect::Introspect>::introspect(),
                1 => <bool as ::capnp::introspect::Introspect>::introspect(),
                2 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[2,1,0];
        pub(crate) const TYPE_ID: u64 = 0xd167_4117_39f4_83aa;
    }
}

pub mod display {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_id(self) -> u32 {
            self.reader.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn get_name(self) -> ::capnp::Result<::capnp::text::Reader<'a>> {
            ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn has_name(&self) -> bool {
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn get_x(self) -> u32 {
            self.reader.get_data_field::<u32>(1)
        }
        #[inline]
        pub fn get_y(self) -> u32 {
            self.reader.get_data_field::<u32>(2)
        }
        #[inline]
        pub fn get_width(self) -> u32 {
            self.reader.get_data_field::<u32>(3)
        }
        #[inline]
        pub fn get_height(self) -> u32 {
            self.reader.get_data_field::<u32>(4)
        }
        #[inline]
        pub fn get_scale_percent(self) -> u16 {
            self.reader.get_data_field::<u16>(10)
        }
        #[inline]
        pub fn get_primary(self) -> bool {
            self.reader.get_bool_field(176)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 3, pointers: 1 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_id(self) -> u32 {
            self.builder.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn set_id(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(0, value);
        }
        #[inline]
        pub fn get_name(self) -> ::capnp::Result<::capnp::text::Builder<'a>> {
            ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn set_name(&mut self, value: impl ::capnp::traits::SetterInput<::capnp::text::Owned>)  {
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false).unwrap()
        }
        #[inline]
        pub fn init_name(self, size: u32) -> ::capnp::text::Builder<'a> {
            self.builder.get_pointer_field(0).init_text(size)
        }
        #[inline]
        pub fn has_name(&self) -> bool {
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn get_x(self) -> u32 {
            self.builder.get_data_field::<u32>(1)
        }
        #[inline]
        pub fn set_x(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(1, value);
        }
        #[inline]
        pub fn get_y(self) -> u32 {
            self.builder.get_data_field::<u32>(2)
        }
        #[inline]
        pub fn set_y(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(2, value);
        }
        #[inline]
        pub fn get_width(self) -> u32 {
            self.builder.get_data_field::<u32>(3)
        }
        #[inline]
        pub fn set_width(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(3, value);
        }
        #[inline]
        pub fn get_height(self) -> u32 {
            self.builder.get_data_field::<u32>(4)
        }
        #[inline]
        pub fn set_height(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(4, value);
        }
        #[inline]
        pub fn get_scale_percent(self) -> u16 {
            self.builder.get_data_field::<u16>(10)
        }
        #[inline]
        pub fn set_scale_percent(&mut self, value: u16)  {
            self.builder.set_data_field::<u16>(10, value);
        }
        #[inline]
        pub fn get_primary(self) -> bool {
            self.builder.get_bool_field(176)
        }
        #[inline]
        pub fn set_primary(&mut self, value: bool)  {
            self.builder.set_bool_field(176, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 138] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(159, 226, 0, 41, 226, 66, 58, 138),
            ::capnp::word(14, 0, 0, 0, 1, 0, 3, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(1, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 178, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(25, 0, 0, 0, 199, 1, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 68, 105),
            ::capnp::word(115, 112, 108, 97, 121, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(32, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(209, 0, 0, 0, 26, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(204, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(216, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(213, 0, 0, 0, 42, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(208, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(220, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(217, 0, 0, 0, 18, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(212, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(224, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(3, 0, 0, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(221, 0, 0, 0, 18, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(216, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(228, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(4, 0, 0, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 4, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(225, 0, 0, 0, 50, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(220, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(232, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(5, 0, 0, 0, 4, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 5, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(229, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(224, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(236, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(6, 0, 0, 0, 10, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 6, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(233, 0, 0, 0, 106, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(232, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(244, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(7, 0, 0, 0, 176, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(241, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(236, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(248, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(105, 100, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(110, 97, 109, 101, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(120, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(121, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(119, 105, 100, 116, 104, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(104, 101, 105, 103, 104, 116, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 99, 97, 108, 101, 80, 101, 114),
            ::capnp::word(99, 101, 110, 116, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 114, 105, 109, 97, 114, 121, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                1 => <::capnp::text::Owned as ::capnp::introspect::Introspect>::introspect(),
                2 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                3 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                4 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                5 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                6 => <u16 as ::capnp::introspect::Introspect>::introspect(),
                7 => <bool as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2,3,4,5,6,7];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[5,0,1,7,6,4,2,3];
        pub(crate) const TYPE_ID: u64 = 0x8a3a_42e2_2900_e29f;
    }
}

pub mod resync {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <> Reader<'_,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_display(self) -> u32 {
            self.reader.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn get_epoch(self) -> u32 {
            self.reader.get_data_field::<u32>(1)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 1, pointers: 0 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_display(self) -> u32 {
            self.builder.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn set_display(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(0, value);
        }
        #[inline]
        pub fn get_epoch(self) -> u32 {
            self.builder.get_data_field::<u32>(1)
        }
        #[inline]
        pub fn set_epoch(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(1, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 47] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(1, 158, 166, 234, 168, 55, 74, 147),
            ::capnp::word(14, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(0, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 170, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(25, 0, 0, 0, 119, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 82, 101),
            ::capnp::word(115, 121, 110, 99, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(41, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(45, 0, 0, 0, 50, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(100, 105, 115, 112, 108, 97, 121, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(101, 112, 111, 99, 104, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                1 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1];
        pub(crate) const TYPE_ID: u64 = 0x934a_37a8_eaa6_9e01;
    }
}

pub mod frame_done {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <> Reader<'_,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_display(self) -> u32 {
            self.reader.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn get_epoch(self) -> u32 {
            self.reader.get_data_field::<u32>(1)
        }
        #[inline]
        pub fn get_sequence(self) -> u32 {
            self.reader.get_data_field::<u32>(2)
        }
        #[inline]
        pub fn get_latency_micros(self) -> u32 {
            self.reader.get_data_field::<u32>(3)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 0 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_display(self) -> u32 {
            self.builder.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn set_display(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(0, value);
        }
        #[inline]
        pub fn get_epoch(self) -> u32 {
            self.builder.get_data_field::<u32>(1)
        }
        #[inline]
        pub fn set_epoch(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(1, value);
        }
        #[inline]
        pub fn get_sequence(self) -> u32 {
            self.builder.get_data_field::<u32>(2)
        }
        #[inline]
        pub fn set_sequence(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(2, value);
        }
        #[inline]
        pub fn get_latency_micros(self) -> u32 {
            self.builder.get_data_field::<u32>(3)
        }
        #[inline]
        pub fn set_latency_micros(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(3, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 79] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(33, 124, 1, 65, 224, 193, 157, 240),
            ::capnp::word(14, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(0, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 194, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(25, 0, 0, 0, 231, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 70, 114),
            ::capnp::word(97, 109, 101, 68, 111, 110, 101, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(16, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(97, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(92, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(104, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(101, 0, 0, 0, 50, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(96, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(108, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 0, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(105, 0, 0, 0, 74, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(104, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(116, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(3, 0, 0, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(113, 0, 0, 0, 114, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(112, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(124, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(100, 105, 115, 112, 108, 97, 121, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(101, 112, 111, 99, 104, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 113, 117, 101, 110, 99, 101),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 97, 116, 101, 110, 99, 121, 77),
            ::capnp::word(105, 99, 114, 111, 115, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                1 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                2 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                3 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2,3];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1,3,2];
        pub(crate) const TYPE_ID: u64 = 0xf09d_c1e0_4101_7c21;
    }
}

pub mod pong {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <> Reader<'_,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_sent_micros(self) -> u64 {
            self.reader.get_data_field::<u64>(0)
        }
        #[inline]
        pub fn get_clock_micros(self) -> u64 {
            self.reader.get_data_field::<u64>(1)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 0 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_sent_micros(self) -> u64 {
            self.builder.get_data_field::<u64>(0)
        }
        #[inline]
        pub fn set_sent_micros(&mut self, value: u64)  {
            self.builder.set_data_field::<u64>(0, value);
        }
        #[inline]
        pub fn get_clock_micros(self) -> u64 {
            self.builder.get_data_field::<u64>(1)
        }
        #[inline]
        pub fn set_clock_micros(&mut self, value: u64)  {
            self.builder.set_data_field::<u64>(1, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 49] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(188, 99, 171, 205, 92, 114, 242, 224),
            ::capnp::word(14, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(0, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 154, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(25, 0, 0, 0, 119, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 80, 111),
            ::capnp::word(110, 103, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(41, 0, 0, 0, 90, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(49, 0, 0, 0, 98, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(48, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(60, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(115, 101, 110, 116, 77, 105, 99, 114),
            ::capnp::word(111, 115, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(99, 108, 111, 99, 107, 77, 105, 99),
            ::capnp::word(114, 111, 115, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <u64 as ::capnp::introspect::Introspect>::introspect(),
                1 => <u64 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[1,0];
        pub(crate) const TYPE_ID: u64 = 0xe0f2_725c_cdab_63bc;
    }
}

pub mod statistics {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <> Reader<'_,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_frames(self) -> u64 {
            self.reader.get_data_field::<u64>(0)
        }
        #[inline]
        pub fn get_video_bytes(self) -> u64 {
            self.reader.get_data_field::<u64>(1)
        }
        #[inline]
        pub fn get_rtt_micros(self) -> u32 {
            self.reader.get_data_field::<u32>(4)
        }
        #[inline]
        pub fn get_latency_micros(self) -> u32 {
            self.reader.get_data_field::<u32>(5)
        }
        #[inline]
        pub fn get_worst_latency_micros(self) -> u32 {
            self.reader.get_data_field::<u32>(6)
        }
        #[inline]
        pub fn get_resyncs(self) -> u32 {
            self.reader.get_data_field::<u32>(7)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 4, pointers: 0 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_frames(self) -> u64 {
            self.builder.get_data_field::<u64>(0)
        }
        #[inline]
        pub fn set_frames(&mut self, value: u64)  {
            self.builder.set_data_field::<u64>(0, value);
        }
        #[inline]
        pub fn get_video_bytes(self) -> u64 {
            self.builder.get_data_field::<u64>(1)
        }
        #[inline]
        pub fn set_video_bytes(&mut self, value: u64)  {
            self.builder.set_data_field::<u64>(1, value);
        }
        #[inline]
        pub fn get_rtt_micros(self) -> u32 {
            self.builder.get_data_field::<u32>(4)
        }
        #[inline]
        pub fn set_rtt_micros(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(4, value);
        }
        #[inline]
        pub fn get_latency_micros(self) -> u32 {
            self.builder.get_data_field::<u32>(5)
        }
        #[inline]
        pub fn set_latency_micros(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(5, value);
        }
        #[inline]
        pub fn get_worst_latency_micros(self) -> u32 {
            self.builder.get_data_field::<u32>(6)
        }
        #[inline]
        pub fn set_worst_latency_micros(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(6, value);
        }
        #[inline]
        pub fn get_resyncs(self) -> u32 {
            self.builder.get_data_field::<u32>(7)
        }
        #[inline]
        pub fn set_resyncs(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(7, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 113] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(59, 78, 78, 244, 15, 162, 16, 189),
            ::capnp::word(14, 0, 0, 0, 1, 0, 4, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(0, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 202, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 87, 1, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 83, 116),
            ::capnp::word(97, 116, 105, 115, 116, 105, 99, 115),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(24, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(153, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(148, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(160, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(157, 0, 0, 0, 90, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(156, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(168, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 0, 0, 4, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(165, 0, 0, 0, 82, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(164, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(176, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(3, 0, 0, 0, 5, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(173, 0, 0, 0, 114, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(172, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(184, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(4, 0, 0, 0, 6, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 4, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(181, 0, 0, 0, 154, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(184, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(196, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(5, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 5, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(193, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(188, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(200, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(102, 114, 97, 109, 101, 115, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(118, 105, 100, 101, 111, 66, 121, 116),
            ::capnp::word(101, 115, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(114, 116, 116, 77, 105, 99, 114, 111),
            ::capnp::word(115, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(108, 97, 116, 101, 110, 99, 121, 77),
            ::capnp::word(105, 99, 114, 111, 115, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(119, 111, 114, 115, 116, 76, 97, 116),
            ::capnp::word(101, 110, 99, 121, 77, 105, 99, 114),
            ::capnp::word(111, 115, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(114, 101, 115, 121, 110, 99, 115, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <u64 as ::capnp::introspect::Introspect>::introspect(),
                1 => <u64 as ::capnp::introspect::Introspect>::introspect(),
                2 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                3 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                4 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                5 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2,3,4,5];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,3,5,2,1,4];
        pub(crate) const TYPE_ID: u64 = 0xbd10_a20f_f44e_4e3b;
    }
}

#[repr(u16)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Left = 0,
    Middle = 1,
    Right = 2,
    Back = 3,
    Forward = 4,
}

impl ::capnp::introspect::Introspect for Button {
    fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Enum(::capnp::introspect::RawEnumSchema::new(&button::ARENA, button::get_annotation_types)).into() }
}
impl ::core::convert::From<Button> for ::capnp::dynamic_value::Reader<'_> {
    fn from(e: Button) -> Self { ::capnp::dynamic_value::Enum::new(e.into(), ::capnp::introspect::RawEnumSchema::new(&button::ARENA, button::get_annotation_types).into()).into() }
}
impl ::core::convert::TryFrom<u16> for Button {
    type Error = ::capnp::NotInSchema;
    fn try_from(value: u16) -> ::core::result::Result<Self, <Button as ::core::convert::TryFrom<u16>>::Error> {
        match value {
            0 => ::core::result::Result::Ok(Self::Left),
            1 => ::core::result::Result::Ok(Self::Middle),
            2 => ::core::result::Result::Ok(Self::Right),
            3 => ::core::result::Result::Ok(Self::Back),
            4 => ::core::result::Result::Ok(Self::Forward),
            n => ::core::result::Result::Err(::capnp::NotInSchema(n)),
        }
    }
}
impl From<Button> for u16 {
    #[inline]
    fn from(x: Button) -> u16 { x as u16 }
}
impl ::capnp::traits::HasTypeId for Button {
    const TYPE_ID: u64 = 0xf9cd_6d46_68c8_c281u64;
}
mod button {
pub(crate) static ENCODED_NODE: [::capnp::Word; 37] = [
    ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
    ::capnp::word(129, 194, 200, 104, 70, 109, 205, 249),
    ::capnp::word(14, 0, 0, 0, 2, 0, 0, 0),
    ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 170, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 7, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(25, 0, 0, 0, 127, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
    ::capnp::word(99, 97, 112, 110, 112, 58, 66, 117),
    ::capnp::word(116, 116, 111, 110, 0, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
    ::capnp::word(20, 0, 0, 0, 1, 0, 2, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(53, 0, 0, 0, 42, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(45, 0, 0, 0, 58, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(2, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(37, 0, 0, 0, 50, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(29, 0, 0, 0, 42, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(21, 0, 0, 0, 66, 0, 0, 0),
    ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
    ::capnp::word(108, 101, 102, 116, 0, 0, 0, 0),
    ::capnp::word(109, 105, 100, 100, 108, 101, 0, 0),
    ::capnp::word(114, 105, 103, 104, 116, 0, 0, 0),
    ::capnp::word(98, 97, 99, 107, 0, 0, 0, 0),
    ::capnp::word(102, 111, 114, 119, 97, 114, 100, 0),
];
pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
    ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
}
pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
}

pub mod input_event {
    pub use self::Which::{PointerMove,Button,Scroll,Key,Text};

    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn has_text(&self) -> bool {
            if self.reader.get_data_field::<u16>(6) != 4 { return false; }
            !self.reader.get_pointer_field(0).is_null()
        }
        #[inline]
        pub fn which(self) -> ::core::result::Result<WhichReader<'a,>, ::capnp::NotInSchema> {
            match self.reader.get_data_field::<u16>(6) {
                0 => {
                    ::core::result::Result::Ok(PointerMove(
                        self.reader.into()
                    ))
                }
                1 => {
                    ::core::result::Result::Ok(Button(
                        self.reader.into()
                    ))
                }
                2 => {
                    ::core::result::Result::Ok(Scroll(
                        self.reader.into()
                    ))
                }
                3 => {
                    ::core::result::Result::Ok(Key(
                        self.reader.into()
                    ))
                }
                4 => {
                    ::core::result::Result::Ok(Text(
                        ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                x => ::core::result::Result::Err(::capnp::NotInSchema(x))
            }
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 1 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn init_pointer_move(self, ) -> crate::generated::session_capnp::input_event::pointer_move::Builder<'a> {
            self.builder.set_data_field::<u16>(6, 0);
            self.builder.set_data_field::<u32>(0, 0u32);
            self.builder.set_data_field::<i32>(1, 0i32);
            self.builder.set_data_field::<i32>(2, 0i32);
            self.builder.into()
        }
        #[inline]
        pub fn init_button(self, ) -> crate::generated::session_capnp::input_event::button::Builder<'a> {
            self.builder.set_data_field::<u16>(6, 1);
            self.builder.set_data_field::<u16>(4, 0u16);
            self.builder.set_bool_field(80, false);
            self.builder.into()
        }
        #[inline]
        pub fn init_scroll(self, ) -> crate::generated::session_capnp::input_event::scroll::Builder<'a> {
            self.builder.set_data_field::<u16>(6, 2);
            self.builder.set_data_field::<i16>(4, 0i16);
            self.builder.set_data_field::<i16>(5, 0i16);
            self.builder.into()
        }
        #[inline]
        pub fn init_key(self, ) -> crate::generated::session_capnp::input_event::key::Builder<'a> {
            self.builder.set_data_field::<u16>(6, 3);
            self.builder.set_data_field::<u32>(2, 0u32);
            self.builder.set_bool_field(0, false);
            self.builder.into()
        }
        #[inline]
        pub fn set_text(&mut self, value: impl ::capnp::traits::SetterInput<::capnp::text::Owned>)  {
            self.builder.set_data_field::<u16>(6, 4);
            ::capnp::traits::SetterInput::set_pointer_builder(self.builder.reborrow().get_pointer_field(0), value, false).unwrap()
        }
        #[inline]
        pub fn init_text(self, size: u32) -> ::capnp::text::Builder<'a> {
            self.builder.set_data_field::<u16>(6, 4);
            self.builder.get_pointer_field(0).init_text(size)
        }
        #[inline]
        pub fn has_text(&self) -> bool {
            if self.builder.get_data_field::<u16>(6) != 4 { return false; }
            !self.builder.is_pointer_field_null(0)
        }
        #[inline]
        pub fn which(self) -> ::core::result::Result<WhichBuilder<'a,>, ::capnp::NotInSchema> {
            match self.builder.get_data_field::<u16>(6) {
                0 => {
                    ::core::result::Result::Ok(PointerMove(
                        self.builder.into()
                    ))
                }
                1 => {
                    ::core::result::Result::Ok(Button(
                        self.builder.into()
                    ))
                }
                2 => {
                    ::core::result::Result::Ok(Scroll(
                        self.builder.into()
                    ))
                }
                3 => {
                    ::core::result::Result::Ok(Key(
                        self.builder.into()
                    ))
                }
                4 => {
                    ::core::result::Result::Ok(Text(
                        ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
                    ))
                }
                x => ::core::result::Result::Err(::capnp::NotInSchema(x))
            }
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 66] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(200, 164, 19, 12, 138, 122, 43, 132),
            ::capnp::word(14, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(1, 0, 7, 0, 0, 0, 5, 0),
            ::capnp::word(6, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 202, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 31, 1, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 73, 110),
            ::capnp::word(112, 117, 116, 69, 118, 101, 110, 116),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(20, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 255, 255, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(151, 107, 24, 69, 18, 77, 71, 191),
            ::capnp::word(125, 0, 0, 0, 98, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 254, 255, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(184, 162, 188, 223, 205, 53, 127, 180),
            ::capnp::word(105, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(2, 0, 253, 255, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(7, 48, 203, 46, 129, 76, 190, 130),
            ::capnp::word(81, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(3, 0, 252, 255, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(141, 97, 60, 81, 156, 188, 72, 156),
            ::capnp::word(57, 0, 0, 0, 34, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(4, 0, 251, 255, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 9, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 42, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(28, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(40, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(112, 111, 105, 110, 116, 101, 114, 77),
            ::capnp::word(111, 118, 101, 0, 0, 0, 0, 0),
            ::capnp::word(98, 117, 116, 116, 111, 110, 0, 0),
            ::capnp::word(115, 99, 114, 111, 108, 108, 0, 0),
            ::capnp::word(107, 101, 121, 0, 0, 0, 0, 0),
            ::capnp::word(116, 101, 120, 116, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(12, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <crate::generated::session_capnp::input_event::pointer_move::Owned as ::capnp::introspect::Introspect>::introspect(),
                1 => <crate::generated::session_capnp::input_event::button::Owned as ::capnp::introspect::Introspect>::introspect(),
                2 => <crate::generated::session_capnp::input_event::scroll::Owned as ::capnp::introspect::Introspect>::introspect(),
                3 => <crate::generated::session_capnp::input_event::key::Owned as ::capnp::introspect::Introspect>::introspect(),
                4 => <::capnp::text::Owned as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[0,1,2,3,4];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[1,3,0,2,4];
        pub(crate) const TYPE_ID: u64 = 0x842b_7a8a_0c13_a4c8;
    }
    pub enum Which<A0,A1,A2,A3,A4> {
        PointerMove(A0),
        Button(A1),
        Scroll(A2),
        Key(A3),
        Text(A4),
    }
    pub type WhichReader<'a,> = Which<crate::generated::session_capnp::input_event::pointer_move::Reader<'a>,crate::generated::session_capnp::input_event::button::Reader<'a>,crate::generated::session_capnp::input_event::scroll::Reader<'a>,crate::generated::session_capnp::input_event::key::Reader<'a>,::capnp::Result<::capnp::text::Reader<'a>>>;
    pub type WhichBuilder<'a,> = Which<crate::generated::session_capnp::input_event::pointer_move::Builder<'a>,crate::generated::session_capnp::input_event::button::Builder<'a>,crate::generated::session_capnp::input_event::scroll::Builder<'a>,crate::generated::session_capnp::input_event::key::Builder<'a>,::capnp::Result<::capnp::text::Builder<'a>>>;

    pub mod pointer_move {
        #[derive(Copy, Clone)]
        pub struct Owned(());
        impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
        impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

        pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
        impl <> ::core::marker::Copy for Reader<'_,>  {}
        impl <> ::core::clone::Clone for Reader<'_,>  {
            fn clone(&self) -> Self { *self }
        }

        impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
            fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
                Self { reader,  }
            }
        }

        impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
            fn from(reader: Reader<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <> ::core::fmt::Debug for Reader<'_,>  {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
                core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
            }
        }

        impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
            fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(reader.get_struct(default)?.into())
            }
        }

        impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
            fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
                self.reader
            }
        }

        impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
            fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
                self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
            }
        }

        impl <> Reader<'_,>  {
            pub fn reborrow(&self) -> Reader<'_,> {
                Self { .. *self }
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.reader.total_size()
            }
            #[inline]
            pub fn get_display(self) -> u32 {
                self.reader.get_data_field::<u32>(0)
            }
            #[inline]
            pub fn get_x(self) -> i32 {
                self.reader.get_data_field::<i32>(1)
            }
            #[inline]
            pub fn get_y(self) -> i32 {
                self.reader.get_data_field::<i32>(2)
            }
        }

        pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
        impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
            const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 1 };
        }
        impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
            fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
                Self { builder,  }
            }
        }

        impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
            fn from(builder: Builder<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
            fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
                self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
            }
        }

        impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
            fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
                builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
            }
            fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
            }
        }

        impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
            fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
        }

        impl <'a,> Builder<'a,>  {
            pub fn into_reader(self) -> Reader<'a,> {
                self.builder.into_reader().into()
            }
            pub fn reborrow(&mut self) -> Builder<'_,> {
                Builder { builder: self.builder.reborrow() }
            }
            pub fn reborrow_as_reader(&self) -> Reader<'_,> {
                self.builder.as_reader().into()
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.builder.as_reader().total_size()
            }
            #[inline]
            pub fn get_display(self) -> u32 {
                self.builder.get_data_field::<u32>(0)
            }
            #[inline]
            pub fn set_display(&mut self, value: u32)  {
                self.builder.set_data_field::<u32>(0, value);
            }
            #[inline]
            pub fn get_x(self) -> i32 {
                self.builder.get_data_field::<i32>(1)
            }
            #[inline]
            pub fn set_x(&mut self, value: i32)  {
                self.builder.set_data_field::<i32>(1, value);
            }
            #[inline]
            pub fn get_y(self) -> i32 {
                self.builder.get_data_field::<i32>(2)
            }
            #[inline]
            pub fn set_y(&mut self, value: i32)  {
                self.builder.set_data_field::<i32>(2, value);
            }
        }

        pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
        impl ::capnp::capability::FromTypelessPipeline for Pipeline {
            fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
                Self { _typeless: typeless,  }
            }
        }
        impl Pipeline  {
        }
        mod _private {
            pub(crate) static ENCODED_NODE: [::capnp::Word; 63] = [
                ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
                ::capnp::word(151, 107, 24, 69, 18, 77, 71, 191),
                ::capnp::word(25, 0, 0, 0, 1, 0, 2, 0),
                ::capnp::word(200, 164, 19, 12, 138, 122, 43, 132),
                ::capnp::word(1, 0, 7, 0, 1, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(21, 0, 0, 0, 42, 1, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(29, 0, 0, 0, 175, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
                ::capnp::word(99, 97, 112, 110, 112, 58, 73, 110),
                ::capnp::word(112, 117, 116, 69, 118, 101, 110, 116),
                ::capnp::word(46, 112, 111, 105, 110, 116, 101, 114),
                ::capnp::word(77, 111, 118, 101, 0, 0, 0, 0),
                ::capnp::word(12, 0, 0, 0, 3, 0, 4, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(69, 0, 0, 0, 66, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(64, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(76, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(73, 0, 0, 0, 18, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(68, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(80, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(2, 0, 0, 0, 2, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(77, 0, 0, 0, 18, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(72, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(84, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(100, 105, 115, 112, 108, 97, 121, 0),
                ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(120, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(121, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ];
            pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
                match index {
                    0 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                    1 => <i32 as ::capnp::introspect::Introspect>::introspect(),
                    2 => <i32 as ::capnp::introspect::Introspect>::introspect(),
                    _ => ::capnp::introspect::panic_invalid_field_index(index),
                }
            }
            pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
                ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
            }
            pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
            pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
                &ARENA,
                NONUNION_MEMBERS,
                MEMBERS_BY_DISCRIMINANT,
                MEMBERS_BY_NAME
            );
            pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2];
            pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
            pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1,2];
            pub(crate) const TYPE_ID: u64 = 0xbf47_4d12_4518_6b97;
        }
    }

    pub mod button {
        #[derive(Copy, Clone)]
        pub struct Owned(());
        impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
        impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

        pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
        impl <> ::core::marker::Copy for Reader<'_,>  {}
        impl <> ::core::clone::Clone for Reader<'_,>  {
            fn clone(&self) -> Self { *self }
        }

        impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
            fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
                Self { reader,  }
            }
        }

        impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
            fn from(reader: Reader<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <> ::core::fmt::Debug for Reader<'_,>  {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
                core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
            }
        }

        impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
            fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(reader.get_struct(default)?.into())
            }
        }

        impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
            fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
                self.reader
            }
        }

        impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
            fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
                self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
            }
        }

        impl <> Reader<'_,>  {
            pub fn reborrow(&self) -> Reader<'_,> {
                Self { .. *self }
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.reader.total_size()
            }
            #[inline]
            pub fn get_button(self) -> ::core::result::Result<crate::generated::session_capnp::Button,::capnp::NotInSchema> {
                ::core::convert::TryFrom::try_from(self.reader.get_data_field::<u16>(4))
            }
            #[inline]
            pub fn get_pressed(self) -> bool {
                self.reader.get_bool_field(80)
            }
        }

        pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
        impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
            const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 1 };
        }
        impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
            fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
                Self { builder,  }
            }
        }

        impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
            fn from(builder: Builder<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
            fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
                self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
            }
        }

        impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
            fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
                builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
            }
            fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
            }
        }

        impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
            fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
        }

        impl <'a,> Builder<'a,>  {
            pub fn into_reader(self) -> Reader<'a,> {
                self.builder.into_reader().into()
            }
            pub fn reborrow(&mut self) -> Builder<'_,> {
                Builder { builder: self.builder.reborrow() }
            }
            pub fn reborrow_as_reader(&self) -> Reader<'_,> {
                self.builder.as_reader().into()
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.builder.as_reader().total_size()
            }
            #[inline]
            pub fn get_button(self) -> ::core::result::Result<crate::generated::session_capnp::Button,::capnp::NotInSchema> {
                ::core::convert::TryFrom::try_from(self.builder.get_data_field::<u16>(4))
            }
            #[inline]
            pub fn set_button(&mut self, value: crate::generated::session_capnp::Button)  {
                self.builder.set_data_field::<u16>(4, value as u16);
            }
            #[inline]
            pub fn get_pressed(self) -> bool {
                self.builder.get_bool_field(80)
            }
            #[inline]
            pub fn set_pressed(&mut self, value: bool)  {
                self.builder.set_bool_field(80, value);
            }
        }

        pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
        impl ::capnp::capability::FromTypelessPipeline for Pipeline {
            fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
                Self { _typeless: typeless,  }
            }
        }
        impl Pipeline  {
        }
        mod _private {
            pub(crate) static ENCODED_NODE: [::capnp::Word; 47] = [
                ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
                ::capnp::word(184, 162, 188, 223, 205, 53, 127, 180),
                ::capnp::word(25, 0, 0, 0, 1, 0, 2, 0),
                ::capnp::word(200, 164, 19, 12, 138, 122, 43, 132),
                ::capnp::word(1, 0, 7, 0, 1, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(21, 0, 0, 0, 2, 1, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(25, 0, 0, 0, 119, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
                ::capnp::word(99, 97, 112, 110, 112, 58, 73, 110),
                ::capnp::word(112, 117, 116, 69, 118, 101, 110, 116),
                ::capnp::word(46, 98, 117, 116, 116, 111, 110, 0),
                ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
                ::capnp::word(0, 0, 0, 0, 4, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(41, 0, 0, 0, 58, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(1, 0, 0, 0, 80, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 4, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(45, 0, 0, 0, 66, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(98, 117, 116, 116, 111, 110, 0, 0),
                ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(129, 194, 200, 104, 70, 109, 205, 249),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(15, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(112, 114, 101, 115, 115, 101, 100, 0),
                ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ];
            pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
                match index {
                    0 => <crate::generated::session_capnp::Button as ::capnp::introspect::Introspect>::introspect(),
                    1 => <bool as ::capnp::introspect::Introspect>::introspect(),
                    _ => ::capnp::introspect::panic_invalid_field_index(index),
                }
            }
            pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
                ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
            }
            pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
            pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
                &ARENA,
                NONUNION_MEMBERS,
                MEMBERS_BY_DISCRIMINANT,
                MEMBERS_BY_NAME
            );
            pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
            pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
            pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1];
            pub(crate) const TYPE_ID: u64 = 0xb47f_35cd_dfbc_a2b8;
        }
    }

    pub mod scroll {
        #[derive(Copy, Clone)]
        pub struct Owned(());
        impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
        impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

        pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
        impl <> ::core::marker::Copy for Reader<'_,>  {}
        impl <> ::core::clone::Clone for Reader<'_,>  {
            fn clone(&self) -> Self { *self }
        }

        impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
            fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
                Self { reader,  }
            }
        }

        impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
            fn from(reader: Reader<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <> ::core::fmt::Debug for Reader<'_,>  {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
                core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
            }
        }

        impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
            fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(reader.get_struct(default)?.into())
            }
        }

        impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
            fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
                self.reader
            }
        }

        impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
            fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
                self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
            }
        }

        impl <> Reader<'_,>  {
            pub fn reborrow(&self) -> Reader<'_,> {
                Self { .. *self }
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.reader.total_size()
            }
            #[inline]
            pub fn get_x(self) -> i16 {
                self.reader.get_data_field::<i16>(4)
            }
            #[inline]
            pub fn get_y(self) -> i16 {
                self.reader.get_data_field::<i16>(5)
            }
        }

        pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
        impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
            const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 1 };
        }
        impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
            fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
                Self { builder,  }
            }
        }

        impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
            fn from(builder: Builder<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
            fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
                self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
            }
        }

        impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
            fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
                builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
            }
            fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
            }
        }

        impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
            fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
        }

        impl <'a,> Builder<'a,>  {
            pub fn into_reader(self) -> Reader<'a,> {
                self.builder.into_reader().into()
            }
            pub fn reborrow(&mut self) -> Builder<'_,> {
                Builder { builder: self.builder.reborrow() }
            }
            pub fn reborrow_as_reader(&self) -> Reader<'_,> {
                self.builder.as_reader().into()
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.builder.as_reader().total_size()
            }
            #[inline]
            pub fn get_x(self) -> i16 {
                self.builder.get_data_field::<i16>(4)
            }
            #[inline]
            pub fn set_x(&mut self, value: i16)  {
                self.builder.set_data_field::<i16>(4, value);
            }
            #[inline]
            pub fn get_y(self) -> i16 {
                self.builder.get_data_field::<i16>(5)
            }
            #[inline]
            pub fn set_y(&mut self, value: i16)  {
                self.builder.set_data_field::<i16>(5, value);
            }
        }

        pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
        impl ::capnp::capability::FromTypelessPipeline for Pipeline {
            fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
                Self { _typeless: typeless,  }
            }
        }
        impl Pipeline  {
        }
        mod _private {
            pub(crate) static ENCODED_NODE: [::capnp::Word; 47] = [
                ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
                ::capnp::word(7, 48, 203, 46, 129, 76, 190, 130),
                ::capnp::word(25, 0, 0, 0, 1, 0, 2, 0),
                ::capnp::word(200, 164, 19, 12, 138, 122, 43, 132),
                ::capnp::word(1, 0, 7, 0, 1, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(21, 0, 0, 0, 2, 1, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(25, 0, 0, 0, 119, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
                ::capnp::word(99, 97, 112, 110, 112, 58, 73, 110),
                ::capnp::word(112, 117, 116, 69, 118, 101, 110, 116),
                ::capnp::word(46, 115, 99, 114, 111, 108, 108, 0),
                ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
                ::capnp::word(0, 0, 0, 0, 4, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 5, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(41, 0, 0, 0, 18, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(1, 0, 0, 0, 5, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 6, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(45, 0, 0, 0, 18, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(120, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(121, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(3, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ];
            pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
                match index {
                    0 => <i16 as ::capnp::introspect::Introspect>::introspect(),
                    1 => <i16 as ::capnp::introspect::Introspect>::introspect(),
                    _ => ::capnp::introspect::panic_invalid_field_index(index),
                }
            }
            pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
                ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
            }
            pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
            pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
                &ARENA,
                NONUNION_MEMBERS,
                MEMBERS_BY_DISCRIMINANT,
                MEMBERS_BY_NAME
            );
            pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
            pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
            pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1];
            pub(crate) const TYPE_ID: u64 = 0x82be_4c81_2ecb_3007;
        }
    }

    pub mod key {
        #[derive(Copy, Clone)]
        pub struct Owned(());
        impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
        impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
        impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

        pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
        impl <> ::core::marker::Copy for Reader<'_,>  {}
        impl <> ::core::clone::Clone for Reader<'_,>  {
            fn clone(&self) -> Self { *self }
        }

        impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
            fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
                Self { reader,  }
            }
        }

        impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
            fn from(reader: Reader<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <> ::core::fmt::Debug for Reader<'_,>  {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
                core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
            }
        }

        impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
            fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(reader.get_struct(default)?.into())
            }
        }

        impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
            fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
                self.reader
            }
        }

        impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
            fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
                self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
            }
        }

        impl <> Reader<'_,>  {
            pub fn reborrow(&self) -> Reader<'_,> {
                Self { .. *self }
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.reader.total_size()
            }
            #[inline]
            pub fn get_key(self) -> u32 {
                self.reader.get_data_field::<u32>(2)
            }
            #[inline]
            pub fn get_pressed(self) -> bool {
                self.reader.get_bool_field(0)
            }
        }

        pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
        impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
            const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 1 };
        }
        impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
            const TYPE_ID: u64 = _private::TYPE_ID;
        }
        impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
            fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
                Self { builder,  }
            }
        }

        impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
            fn from(builder: Builder<'a,>) -> Self {
                Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
            }
        }

        impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
            fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
                self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
            }
        }

        impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
            fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
                builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
            }
            fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
                ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
            }
        }

        impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
            fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
        }

        impl <'a,> Builder<'a,>  {
            pub fn into_reader(self) -> Reader<'a,> {
                self.builder.into_reader().into()
            }
            pub fn reborrow(&mut self) -> Builder<'_,> {
                Builder { builder: self.builder.reborrow() }
            }
            pub fn reborrow_as_reader(&self) -> Reader<'_,> {
                self.builder.as_reader().into()
            }

            pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
                self.builder.as_reader().total_size()
            }
            #[inline]
            pub fn get_key(self) -> u32 {
                self.builder.get_data_field::<u32>(2)
            }
            #[inline]
            pub fn set_key(&mut self, value: u32)  {
                self.builder.set_data_field::<u32>(2, value);
            }
            #[inline]
            pub fn get_pressed(self) -> bool {
                self.builder.get_bool_field(0)
            }
            #[inline]
            pub fn set_pressed(&mut self, value: bool)  {
                self.builder.set_bool_field(0, value);
            }
        }

        pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
        impl ::capnp::capability::FromTypelessPipeline for Pipeline {
            fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
                Self { _typeless: typeless,  }
            }
        }
        impl Pipeline  {
        }
        mod _private {
            pub(crate) static ENCODED_NODE: [::capnp::Word; 47] = [
                ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
                ::capnp::word(141, 97, 60, 81, 156, 188, 72, 156),
                ::capnp::word(25, 0, 0, 0, 1, 0, 2, 0),
                ::capnp::word(200, 164, 19, 12, 138, 122, 43, 132),
                ::capnp::word(1, 0, 7, 0, 1, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(21, 0, 0, 0, 234, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(25, 0, 0, 0, 119, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
                ::capnp::word(99, 97, 112, 110, 112, 58, 73, 110),
                ::capnp::word(112, 117, 116, 69, 118, 101, 110, 116),
                ::capnp::word(46, 107, 101, 121, 0, 0, 0, 0),
                ::capnp::word(8, 0, 0, 0, 3, 0, 4, 0),
                ::capnp::word(0, 0, 0, 0, 2, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 7, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(41, 0, 0, 0, 34, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(36, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(48, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 1, 0, 8, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(45, 0, 0, 0, 66, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(40, 0, 0, 0, 3, 0, 1, 0),
                ::capnp::word(52, 0, 0, 0, 2, 0, 1, 0),
                ::capnp::word(107, 101, 121, 0, 0, 0, 0, 0),
                ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(112, 114, 101, 115, 115, 101, 100, 0),
                ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
                ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ];
            pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
                match index {
                    0 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                    1 => <bool as ::capnp::introspect::Introspect>::introspect(),
                    _ => ::capnp::introspect::panic_invalid_field_index(index),
                }
            }
            pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
                ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
            }
            pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
            pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
                &ARENA,
                NONUNION_MEMBERS,
                MEMBERS_BY_DISCRIMINANT,
                MEMBERS_BY_NAME
            );
            pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1];
            pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
            pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,1];
            pub(crate) const TYPE_ID: u64 = 0x9c48_bc9c_513c_618d;
        }
    }
}

pub mod cursor_shape {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <'a,> Reader<'a,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_id(self) -> u64 {
            self.reader.get_data_field::<u64>(0)
        }
        #[inline]
        pub fn get_width(self) -> u16 {
            self.reader.get_data_field::<u16>(4)
        }
        #[inline]
        pub fn get_height(self) -> u16 {
            self.reader.get_data_field::<u16>(5)
        }
        #[inline]
        pub fn get_hot_x(self) -> u16 {
            self.reader.get_data_field::<u16>(6)
        }
        #[inline]
        pub fn get_hot_y(self) -> u16 {
            self.reader.get_data_field::<u16>(7)
        }
        #[inline]
        pub fn get_rgba(self) -> ::capnp::Result<::capnp::data::Reader<'a>> {
            ::capnp::traits::FromPointerReader::get_from_pointer(&self.reader.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn has_rgba(&self) -> bool {
            !self.reader.get_pointer_field(0).is_null()
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 1 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_id(self) -> u64 {
            self.builder.get_data_field::<u64>(0)
        }
        #[inline]
        pub fn set_id(&mut self, value: u64)  {
            self.builder.set_data_field::<u64>(0, value);
        }
        #[inline]
        pub fn get_width(self) -> u16 {
            self.builder.get_data_field::<u16>(4)
        }
        #[inline]
        pub fn set_width(&mut self, value: u16)  {
            self.builder.set_data_field::<u16>(4, value);
        }
        #[inline]
        pub fn get_height(self) -> u16 {
            self.builder.get_data_field::<u16>(5)
        }
        #[inline]
        pub fn set_height(&mut self, value: u16)  {
            self.builder.set_data_field::<u16>(5, value);
        }
        #[inline]
        pub fn get_hot_x(self) -> u16 {
            self.builder.get_data_field::<u16>(6)
        }
        #[inline]
        pub fn set_hot_x(&mut self, value: u16)  {
            self.builder.set_data_field::<u16>(6, value);
        }
        #[inline]
        pub fn get_hot_y(self) -> u16 {
            self.builder.get_data_field::<u16>(7)
        }
        #[inline]
        pub fn set_hot_y(&mut self, value: u16)  {
            self.builder.set_data_field::<u16>(7, value);
        }
        #[inline]
        pub fn get_rgba(self) -> ::capnp::Result<::capnp::data::Builder<'a>> {
            ::capnp::traits::FromPointerBuilder::get_from_pointer(self.builder.get_pointer_field(0), ::core::option::Option::None)
        }
        #[inline]
        pub fn set_rgba(&mut self, value: ::capnp::data::Reader<'_>)  {
            self.builder.reborrow().get_pointer_field(0).set_data(value);
        }
        #[inline]
        pub fn init_rgba(self, size: u32) -> ::capnp::data::Builder<'a> {
            self.builder.get_pointer_field(0).init_data(size)
        }
        #[inline]
        pub fn has_rgba(&self) -> bool {
            !self.builder.is_pointer_field_null(0)
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 108] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(111, 74, 194, 109, 36, 39, 152, 250),
            ::capnp::word(14, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(1, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 210, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 87, 1, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 67, 117),
            ::capnp::word(114, 115, 111, 114, 83, 104, 97, 112),
            ::capnp::word(101, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(24, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(153, 0, 0, 0, 26, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(148, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(160, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 4, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(157, 0, 0, 0, 50, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(152, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(164, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 0, 0, 5, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(161, 0, 0, 0, 58, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(156, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(168, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(3, 0, 0, 0, 6, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(165, 0, 0, 0, 42, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(160, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(172, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(4, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 4, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(169, 0, 0, 0, 42, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(164, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(176, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(5, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 5, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(173, 0, 0, 0, 42, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(168, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(180, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(105, 100, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(9, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(119, 105, 100, 116, 104, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(104, 101, 105, 103, 104, 116, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(104, 111, 116, 88, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(104, 111, 116, 89, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(7, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(114, 103, 98, 97, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(13, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <u64 as ::capnp::introspect::Introspect>::introspect(),
                1 => <u16 as ::capnp::introspect::Introspect>::introspect(),
                2 => <u16 as ::capnp::introspect::Introspect>::introspect(),
                3 => <u16 as ::capnp::introspect::Introspect>::introspect(),
                4 => <u16 as ::capnp::introspect::Introspect>::introspect(),
                5 => <::capnp::data::Owned as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2,3,4,5];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[2,3,4,0,5,1];
        pub(crate) const TYPE_ID: u64 = 0xfa98_2724_6dc2_4a6f;
    }
}

pub mod cursor_position {
    #[derive(Copy, Clone)]
    pub struct Owned(());
    impl ::capnp::introspect::Introspect for Owned { fn introspect() -> ::capnp::introspect::Type { ::capnp::introspect::TypeVariant::Struct(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types, annotation_types: _private::get_annotation_types, type_id: ::core::any::TypeId::of::<Owned>() }).into() } }
    impl ::capnp::traits::Owned for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::OwnedStruct for Owned { type Reader<'a> = Reader<'a>; type Builder<'a> = Builder<'a>; }
    impl ::capnp::traits::Pipelined for Owned { type Pipeline = Pipeline; }

    pub struct Reader<'a> { reader: ::capnp::private::layout::StructReader<'a> }
    impl <> ::core::marker::Copy for Reader<'_,>  {}
    impl <> ::core::clone::Clone for Reader<'_,>  {
        fn clone(&self) -> Self { *self }
    }

    impl <> ::capnp::traits::HasTypeId for Reader<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructReader<'a>> for Reader<'a,>  {
        fn from(reader: ::capnp::private::layout::StructReader<'a>) -> Self {
            Self { reader,  }
        }
    }

    impl <'a,> ::core::convert::From<Reader<'a,>> for ::capnp::dynamic_value::Reader<'a>  {
        fn from(reader: Reader<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Reader::new(reader.reader, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <> ::core::fmt::Debug for Reader<'_,>  {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::result::Result<(), ::core::fmt::Error> {
            core::fmt::Debug::fmt(&::core::convert::Into::<::capnp::dynamic_value::Reader<'_>>::into(*self), f)
        }
    }

    impl <'a,> ::capnp::traits::FromPointerReader<'a> for Reader<'a,>  {
        fn get_from_pointer(reader: &::capnp::private::layout::PointerReader<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(reader.get_struct(default)?.into())
        }
    }

    impl <'a,> ::capnp::traits::IntoInternalStructReader<'a> for Reader<'a,>  {
        fn into_internal_struct_reader(self) -> ::capnp::private::layout::StructReader<'a> {
            self.reader
        }
    }

    impl <'a,> ::capnp::traits::Imbue<'a> for Reader<'a,>  {
        fn imbue(&mut self, cap_table: &'a ::capnp::private::layout::CapTable) {
            self.reader.imbue(::capnp::private::layout::CapTableReader::from_ref(cap_table))
        }
    }

    impl <> Reader<'_,>  {
        pub fn reborrow(&self) -> Reader<'_,> {
            Self { .. *self }
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.reader.total_size()
        }
        #[inline]
        pub fn get_display(self) -> u32 {
            self.reader.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn get_x(self) -> i32 {
            self.reader.get_data_field::<i32>(1)
        }
        #[inline]
        pub fn get_y(self) -> i32 {
            self.reader.get_data_field::<i32>(2)
        }
        #[inline]
        pub fn get_visible(self) -> bool {
            self.reader.get_bool_field(96)
        }
    }

    pub struct Builder<'a> { builder: ::capnp::private::layout::StructBuilder<'a> }
    impl <> ::capnp::traits::HasStructSize for Builder<'_,>  {
        const STRUCT_SIZE: ::capnp::private::layout::StructSize = ::capnp::private::layout::StructSize { data: 2, pointers: 0 };
    }
    impl <> ::capnp::traits::HasTypeId for Builder<'_,>  {
        const TYPE_ID: u64 = _private::TYPE_ID;
    }
    impl <'a,> ::core::convert::From<::capnp::private::layout::StructBuilder<'a>> for Builder<'a,>  {
        fn from(builder: ::capnp::private::layout::StructBuilder<'a>) -> Self {
            Self { builder,  }
        }
    }

    impl <'a,> ::core::convert::From<Builder<'a,>> for ::capnp::dynamic_value::Builder<'a>  {
        fn from(builder: Builder<'a,>) -> Self {
            Self::Struct(::capnp::dynamic_struct::Builder::new(builder.builder, ::capnp::schema::StructSchema::new(::capnp::introspect::RawBrandedStructSchema { generic: &_private::RAW_SCHEMA, field_types: _private::get_field_types::<>, annotation_types: _private::get_annotation_types::<>, type_id: ::core::any::TypeId::of::<Owned<>>()})))
        }
    }

    impl <'a,> ::capnp::traits::ImbueMut<'a> for Builder<'a,>  {
        fn imbue_mut(&mut self, cap_table: &'a mut ::capnp::private::layout::CapTable) {
            self.builder.imbue(::capnp::private::layout::CapTableBuilder::from_ref(cap_table))
        }
    }

    impl <'a,> ::capnp::traits::FromPointerBuilder<'a> for Builder<'a,>  {
        fn init_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, _size: u32) -> Self {
            builder.init_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE).into()
        }
        fn get_from_pointer(builder: ::capnp::private::layout::PointerBuilder<'a>, default: ::core::option::Option<&'a [::capnp::Word]>) -> ::capnp::Result<Self> {
            ::core::result::Result::Ok(builder.get_struct(<Self as ::capnp::traits::HasStructSize>::STRUCT_SIZE, default)?.into())
        }
    }

    impl <> ::capnp::traits::SetterInput<Owned<>> for Reader<'_,>  {
        fn set_pointer_builder(mut pointer: ::capnp::private::layout::PointerBuilder<'_>, value: Self, canonicalize: bool) -> ::capnp::Result<()> { pointer.set_struct(&value.reader, canonicalize) }
    }

    impl <'a,> Builder<'a,>  {
        pub fn into_reader(self) -> Reader<'a,> {
            self.builder.into_reader().into()
        }
        pub fn reborrow(&mut self) -> Builder<'_,> {
            Builder { builder: self.builder.reborrow() }
        }
        pub fn reborrow_as_reader(&self) -> Reader<'_,> {
            self.builder.as_reader().into()
        }

        pub fn total_size(&self) -> ::capnp::Result<::capnp::MessageSize> {
            self.builder.as_reader().total_size()
        }
        #[inline]
        pub fn get_display(self) -> u32 {
            self.builder.get_data_field::<u32>(0)
        }
        #[inline]
        pub fn set_display(&mut self, value: u32)  {
            self.builder.set_data_field::<u32>(0, value);
        }
        #[inline]
        pub fn get_x(self) -> i32 {
            self.builder.get_data_field::<i32>(1)
        }
        #[inline]
        pub fn set_x(&mut self, value: i32)  {
            self.builder.set_data_field::<i32>(1, value);
        }
        #[inline]
        pub fn get_y(self) -> i32 {
            self.builder.get_data_field::<i32>(2)
        }
        #[inline]
        pub fn set_y(&mut self, value: i32)  {
            self.builder.set_data_field::<i32>(2, value);
        }
        #[inline]
        pub fn get_visible(self) -> bool {
            self.builder.get_bool_field(96)
        }
        #[inline]
        pub fn set_visible(&mut self, value: bool)  {
            self.builder.set_bool_field(96, value);
        }
    }

    pub struct Pipeline { _typeless: ::capnp::any_pointer::Pipeline }
    impl ::capnp::capability::FromTypelessPipeline for Pipeline {
        fn new(typeless: ::capnp::any_pointer::Pipeline) -> Self {
            Self { _typeless: typeless,  }
        }
    }
    impl Pipeline  {
    }
    mod _private {
        pub(crate) static ENCODED_NODE: [::capnp::Word; 78] = [
            ::capnp::word(0, 0, 0, 0, 5, 0, 6, 0),
            ::capnp::word(189, 244, 147, 239, 207, 184, 10, 245),
            ::capnp::word(14, 0, 0, 0, 1, 0, 2, 0),
            ::capnp::word(53, 199, 168, 241, 32, 109, 75, 233),
            ::capnp::word(0, 0, 7, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(21, 0, 0, 0, 234, 0, 0, 0),
            ::capnp::word(33, 0, 0, 0, 7, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(29, 0, 0, 0, 231, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(115, 101, 115, 115, 105, 111, 110, 46),
            ::capnp::word(99, 97, 112, 110, 112, 58, 67, 117),
            ::capnp::word(114, 115, 111, 114, 80, 111, 115, 105),
            ::capnp::word(116, 105, 111, 110, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 1, 0, 1, 0),
            ::capnp::word(16, 0, 0, 0, 3, 0, 4, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(97, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(92, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(104, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(1, 0, 0, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 1, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(101, 0, 0, 0, 18, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(96, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(108, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(2, 0, 0, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 2, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(105, 0, 0, 0, 18, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(100, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(112, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(3, 0, 0, 0, 96, 0, 0, 0),
            ::capnp::word(0, 0, 1, 0, 3, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(109, 0, 0, 0, 66, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(104, 0, 0, 0, 3, 0, 1, 0),
            ::capnp::word(116, 0, 0, 0, 2, 0, 1, 0),
            ::capnp::word(100, 105, 115, 112, 108, 97, 121, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(8, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(120, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(121, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(4, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(118, 105, 115, 105, 98, 108, 101, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(1, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
            ::capnp::word(0, 0, 0, 0, 0, 0, 0, 0),
        ];
        pub(crate) fn get_field_types(index: u16) -> ::capnp::introspect::Type {
            match index {
                0 => <u32 as ::capnp::introspect::Introspect>::introspect(),
                1 => <i32 as ::capnp::introspect::Introspect>::introspect(),
                2 => <i32 as ::capnp::introspect::Introspect>::introspect(),
                3 => <bool as ::capnp::introspect::Introspect>::introspect(),
                _ => ::capnp::introspect::panic_invalid_field_index(index),
            }
        }
        pub(crate) fn get_annotation_types(child_index: Option<u16>, index: u32) -> ::capnp::introspect::Type {
            ::capnp::introspect::panic_invalid_annotation_indices(child_index, index)
        }
        pub(crate) static ARENA: ::capnp::private::arena::GeneratedCodeArena = ::capnp::private::arena::GeneratedCodeArena::new(&ENCODED_NODE);
        pub(crate) static RAW_SCHEMA: ::capnp::introspect::RawStructSchema = ::capnp::introspect::RawStructSchema::new(
            &ARENA,
            NONUNION_MEMBERS,
            MEMBERS_BY_DISCRIMINANT,
            MEMBERS_BY_NAME
        );
        pub(crate) static NONUNION_MEMBERS : &[u16] = &[0,1,2,3];
        pub(crate) static MEMBERS_BY_DISCRIMINANT : &[u16] = &[];
        pub(crate) static MEMBERS_BY_NAME : &[u16] = &[0,3,1,2];
        pub(crate) const TYPE_ID: u64 = 0xf50a_b8cf_ef93_f4bd;
    }
}
